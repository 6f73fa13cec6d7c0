#include "Kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f")))
#define AVX512_INLINE static inline __attribute__((target("avx512f"), always_inline))

AVX512_INLINE __m512 squared_difference(__m512 x, __m512 y, __m512 sum) {
  const __m512 difference = _mm512_sub_ps(x, y);
  return _mm512_fmadd_ps(difference, difference, sum);
}

AVX512_INLINE __m512 product(__m512 x, __m512 y, __m512 sum) { return _mm512_fmadd_ps(x, y, sum); }

// Two running sums for each row hide the latency of the fused multiply-add.
#define DEFINE_GROUP(name, step)                                                                            \
  AVX512_INLINE void name(const float *query, const char *rows, const size_t n, size_t d, float *scores) {  \
    __m512 a[CSCAN_ROWS], b[CSCAN_ROWS];                                                                    \
    for (size_t r = 0; r < n; r++) a[r] = b[r] = _mm512_setzero_ps();                                       \
    size_t j = 0;                                                                                           \
    for (; j + 32 <= d; j += 32) {                                                                          \
      const __m512 x = _mm512_loadu_ps(query + j), y = _mm512_loadu_ps(query + j + 16);                     \
      for (size_t r = 0; r < n; r++) {                                                                      \
        const char *row = rows + (r * d + j) * sizeof(float);                                               \
        a[r] = step(x, _mm512_loadu_ps(row), a[r]);                                                         \
        b[r] = step(y, _mm512_loadu_ps(row + 64), b[r]);                                                    \
      }                                                                                                     \
    }                                                                                                       \
    if (j + 16 <= d) {                                                                                      \
      const __m512 x = _mm512_loadu_ps(query + j);                                                          \
      for (size_t r = 0; r < n; r++)                                                                        \
        a[r] = step(x, _mm512_loadu_ps(rows + (r * d + j) * sizeof(float)), a[r]);                          \
      j += 16;                                                                                              \
    }                                                                                                       \
    if (j < d) {                                                                                            \
      const __mmask16 tail = (__mmask16)((1u << (d - j)) - 1);                                              \
      const __m512 x = _mm512_maskz_loadu_ps(tail, query + j);                                              \
      for (size_t r = 0; r < n; r++)                                                                        \
        b[r] = step(x, _mm512_maskz_loadu_ps(tail, rows + (r * d + j) * sizeof(float)), b[r]);              \
    }                                                                                                       \
    for (size_t r = 0; r < n; r++) scores[r] = _mm512_reduce_add_ps(_mm512_add_ps(a[r], b[r]));             \
  }

DEFINE_GROUP(squared_l2_group, squared_difference)
DEFINE_GROUP(inner_product_group, product)

CSCAN_DEFINE_KERNEL(AVX512, cscan_avx512_squared_l2, squared_l2_group)
CSCAN_DEFINE_KERNEL(AVX512, cscan_avx512_inner_product, inner_product_group)
#endif
