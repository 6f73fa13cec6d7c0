#include "Kernels.h"
#include <math.h>
#include <string.h>

// Four lanes in the compiler's own vector type: SSE2, NEON, or plain arithmetic where there is neither.
typedef float lanes __attribute__((vector_size(16)));
typedef int32_t whole_lanes __attribute__((vector_size(16)));
#define WIDTH 4
#define ROWS 6

INLINE lanes load(const float *p) {
  lanes x;
  memcpy(&x, p, sizeof x);
  return x;
}
INLINE void store(float *p, lanes x) { memcpy(p, &x, sizeof x); }
INLINE lanes all(float x) { return (lanes){x, x, x, x}; }
INLINE lanes add(lanes a, lanes b) { return a + b; }
INLINE lanes subtract(lanes a, lanes b) { return a - b; }
INLINE lanes multiply(lanes a, lanes b) { return a * b; }
/// a × b + c, rounded once or twice.
INLINE lanes fused(lanes a, lanes b, lanes c) { return a * b + c; }
/// `a` where the mask is on, else `b`.
INLINE lanes chosen(whole_lanes mask, lanes a, lanes b) {
  return (lanes)((mask & (whole_lanes)a) | (~mask & (whole_lanes)b));
}
INLINE lanes larger(lanes a, lanes b) { return chosen((whole_lanes)(a > b), a, b); }
INLINE lanes smaller(lanes a, lanes b) { return chosen((whole_lanes)(a < b), a, b); }
INLINE lanes magnitude(lanes a) { return larger(a, -a); }
/// The nearest whole number, for magnitudes below 2^22: at 1.5 × 2^23 a float has no digits after the point.
INLINE lanes nearest(lanes a) {
  const lanes shift = all(12582912.0f);
  return (a + shift) - shift;
}
/// x × 2^n for a whole n in -126 ... 127.
INLINE lanes scaled(lanes x, lanes n) {
  const whole_lanes biased = __builtin_convertvector(n, whole_lanes) + 127;
  return x * (lanes)(biased << 23);
}
INLINE float sum(lanes a) { return (a[0] + a[1]) + (a[2] + a[3]); }
INLINE float maximum(lanes a) { return fmaxf(fmaxf(a[0], a[1]), fmaxf(a[2], a[3])); }

#include "Math.h"
#include "Linear.h"
#include "Strassen.h"
#include "Attention.h"
#include "Rows.h"

const cminilm_kernels cminilm_portable = {apply, split_weights, split_input, apply_split, normalize, attend, pool};
