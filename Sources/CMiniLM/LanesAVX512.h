// The vocabulary of the kernels for AVX-512; included with its target attribute set.
#include <immintrin.h>
#include <math.h>

typedef __m512 lanes;
#define WIDTH 16
#define ROWS 14

INLINE lanes load(const float *p) { return _mm512_loadu_ps(p); }
INLINE void store(float *p, lanes x) { _mm512_storeu_ps(p, x); }
INLINE lanes all(float x) { return _mm512_set1_ps(x); }
INLINE lanes add(lanes a, lanes b) { return _mm512_add_ps(a, b); }
INLINE lanes subtract(lanes a, lanes b) { return _mm512_sub_ps(a, b); }
INLINE lanes multiply(lanes a, lanes b) { return _mm512_mul_ps(a, b); }
/// a × b + c
INLINE lanes fused(lanes a, lanes b, lanes c) { return _mm512_fmadd_ps(a, b, c); }
INLINE lanes larger(lanes a, lanes b) { return _mm512_max_ps(a, b); }
INLINE lanes smaller(lanes a, lanes b) { return _mm512_min_ps(a, b); }
INLINE lanes magnitude(lanes a) { return _mm512_abs_ps(a); }
/// The nearest whole number, for magnitudes below 2^22.
INLINE lanes nearest(lanes a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
/// x × 2^n for a whole n in -126 ... 127.
INLINE lanes scaled(lanes x, lanes n) { return _mm512_scalef_ps(x, n); }
INLINE float sum(lanes a) { return _mm512_reduce_add_ps(a); }
INLINE float maximum(lanes a) { return _mm512_reduce_max_ps(a); }
