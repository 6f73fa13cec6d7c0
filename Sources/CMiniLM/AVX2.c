#include "Kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
typedef __m256 lanes;
#define WIDTH 8
// Six rows of two vectors leave four of the sixteen registers for what they are multiplied with.
#define ROWS 6

INLINE lanes load(const float *p) { return _mm256_loadu_ps(p); }
INLINE void store(float *p, lanes x) { _mm256_storeu_ps(p, x); }
INLINE lanes all(float x) { return _mm256_set1_ps(x); }
INLINE lanes add(lanes a, lanes b) { return _mm256_add_ps(a, b); }
INLINE lanes subtract(lanes a, lanes b) { return _mm256_sub_ps(a, b); }
INLINE lanes multiply(lanes a, lanes b) { return _mm256_mul_ps(a, b); }
/// a × b + c
INLINE lanes fused(lanes a, lanes b, lanes c) { return _mm256_fmadd_ps(a, b, c); }
INLINE lanes larger(lanes a, lanes b) { return _mm256_max_ps(a, b); }
INLINE lanes smaller(lanes a, lanes b) { return _mm256_min_ps(a, b); }
INLINE lanes magnitude(lanes a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
/// The nearest whole number, for magnitudes below 2^22.
INLINE lanes nearest(lanes a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
/// x × 2^n for a whole n in -126 ... 127.
INLINE lanes scaled(lanes x, lanes n) {
  const __m256i biased = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_mul_ps(x, _mm256_castsi256_ps(_mm256_slli_epi32(biased, 23)));
}
INLINE float sum(lanes a) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}
INLINE float maximum(lanes a) {
  __m128 half = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  half = _mm_max_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_max_ss(half, _mm_movehdup_ps(half)));
}
#include "Math.h"
#include "Linear.h"
#include "Strassen.h"
#include "Attention.h"
#include "Rows.h"
#pragma clang attribute pop

const cminilm_kernels cminilm_avx2 = {apply, split_weights, split_input, apply_split, normalize, attend, pool};
#endif
