#include "CScan.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef void (*scan_function)(const float *, const char *, size_t, size_t, float *);

static float load(const char *p) {
  float value;
  memcpy(&value, p, sizeof value);
  return value;
}

// Eight running sums let the compiler use whatever vectors the target has without reordering.
#define PORTABLE(name, term)                                                                                 \
  static void name(const float *query, const char *rows, size_t count, size_t dimension, float *scores) {    \
    for (size_t i = 0; i < count; i++, rows += dimension * 4) {                                              \
      float sums[8] = {0};                                                                                   \
      size_t j = 0;                                                                                          \
      for (; j + 8 <= dimension; j += 8)                                                                     \
        for (size_t lane = 0; lane < 8; lane++) {                                                            \
          const float x = query[j + lane], y = load(rows + (j + lane) * 4);                                  \
          sums[lane] += term;                                                                                \
        }                                                                                                    \
      float score = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])); \
      for (; j < dimension; j++) {                                                                           \
        const float x = query[j], y = load(rows + j * 4);                                                    \
        score += term;                                                                                       \
      }                                                                                                      \
      scores[i] = score;                                                                                     \
    }                                                                                                        \
  }
PORTABLE(squared_l2_portable, (x - y) * (x - y))
PORTABLE(inner_product_portable, x *y)
#if defined(__x86_64__)
__attribute__((target("avx512f"))) static void squared_l2_avx512(const float *q, const char *rows, size_t count,
                                                                 size_t d, float *scores) {
  const __mmask16 tail = (__mmask16)((1u << (d % 16)) - 1);
  for (size_t i = 0; i < count; i++, rows += d * 4) {
    __m512 a = _mm512_setzero_ps(), b = a;
    size_t j = 0;
    for (; j + 32 <= d; j += 32) {
      const __m512 x = _mm512_sub_ps(_mm512_loadu_ps(q + j), _mm512_loadu_ps(rows + j * 4));
      const __m512 y = _mm512_sub_ps(_mm512_loadu_ps(q + j + 16), _mm512_loadu_ps(rows + (j + 16) * 4));
      a = _mm512_fmadd_ps(x, x, a);
      b = _mm512_fmadd_ps(y, y, b);
    }
    if (j + 16 <= d) {
      const __m512 x = _mm512_sub_ps(_mm512_loadu_ps(q + j), _mm512_loadu_ps(rows + j * 4));
      a = _mm512_fmadd_ps(x, x, a);
      j += 16;
    }
    if (tail) {
      const __m512 x = _mm512_sub_ps(_mm512_maskz_loadu_ps(tail, q + j), _mm512_maskz_loadu_ps(tail, rows + j * 4));
      b = _mm512_fmadd_ps(x, x, b);
    }
    scores[i] = _mm512_reduce_add_ps(_mm512_add_ps(a, b));
  }
}

__attribute__((target("avx512f"))) static void inner_product_avx512(const float *q, const char *rows, size_t count,
                                                                    size_t d, float *scores) {
  const __mmask16 tail = (__mmask16)((1u << (d % 16)) - 1);
  for (size_t i = 0; i < count; i++, rows += d * 4) {
    __m512 a = _mm512_setzero_ps(), b = a;
    size_t j = 0;
    for (; j + 32 <= d; j += 32) {
      a = _mm512_fmadd_ps(_mm512_loadu_ps(q + j), _mm512_loadu_ps(rows + j * 4), a);
      b = _mm512_fmadd_ps(_mm512_loadu_ps(q + j + 16), _mm512_loadu_ps(rows + (j + 16) * 4), b);
    }
    if (j + 16 <= d) {
      a = _mm512_fmadd_ps(_mm512_loadu_ps(q + j), _mm512_loadu_ps(rows + j * 4), a);
      j += 16;
    }
    if (tail)
      b = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(tail, q + j), _mm512_maskz_loadu_ps(tail, rows + j * 4), b);
    scores[i] = _mm512_reduce_add_ps(_mm512_add_ps(a, b));
  }
}
#endif
static scan_function squared_l2(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return squared_l2_avx512;
#endif
  return squared_l2_portable;
}
static scan_function inner_product(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return inner_product_avx512;
#endif
  return inner_product_portable;
}
void cscan_squared_l2(const float *query, const void *rows, size_t count, size_t dimension, float *scores) {
  squared_l2()(query, rows, count, dimension, scores);
}
void cscan_inner_product(const float *query, const void *rows, size_t count, size_t dimension, float *scores) {
  inner_product()(query, rows, count, dimension, scores);
}
const char *cscan_instruction_set(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return "avx512";
#endif
  return "portable";
}
