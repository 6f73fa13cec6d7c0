#include "Kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE static inline __attribute__((target("avx2,fma"), always_inline))

/// Eight lanes of which the first `count` are on; the rest is never read.
AVX2_INLINE __m256i first(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

AVX2_INLINE float sum(__m256 v) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}

AVX2_INLINE __m256 squared_difference(__m256 x, __m256 y, __m256 sum) {
  const __m256 difference = _mm256_sub_ps(x, y);
  return _mm256_fmadd_ps(difference, difference, sum);
}

AVX2_INLINE __m256 product(__m256 x, __m256 y, __m256 sum) { return _mm256_fmadd_ps(x, y, sum); }

// Two running sums for each row hide the latency of the fused multiply-add.
#define DEFINE_GROUP(name, step)                                                                            \
  AVX2_INLINE void name(const float *query, const char *rows, const size_t n, size_t d, float *scores) {    \
    __m256 a[CSCAN_ROWS], b[CSCAN_ROWS];                                                                    \
    for (size_t r = 0; r < n; r++) a[r] = b[r] = _mm256_setzero_ps();                                       \
    size_t j = 0;                                                                                           \
    for (; j + 16 <= d; j += 16) {                                                                          \
      const __m256 x = _mm256_loadu_ps(query + j), y = _mm256_loadu_ps(query + j + 8);                      \
      for (size_t r = 0; r < n; r++) {                                                                      \
        const char *row = rows + (r * d + j) * sizeof(float);                                               \
        a[r] = step(x, _mm256_loadu_ps((const float *)row), a[r]);                                          \
        b[r] = step(y, _mm256_loadu_ps((const float *)(row + 32)), b[r]);                                   \
      }                                                                                                     \
    }                                                                                                       \
    if (j + 8 <= d) {                                                                                       \
      const __m256 x = _mm256_loadu_ps(query + j);                                                          \
      for (size_t r = 0; r < n; r++)                                                                        \
        a[r] = step(x, _mm256_loadu_ps((const float *)(rows + (r * d + j) * sizeof(float))), a[r]);         \
      j += 8;                                                                                               \
    }                                                                                                       \
    if (j < d) {                                                                                            \
      const __m256i tail = first(d - j);                                                                    \
      const __m256 x = _mm256_maskload_ps(query + j, tail);                                                 \
      for (size_t r = 0; r < n; r++)                                                                        \
        b[r] = step(x, _mm256_maskload_ps((const float *)(rows + (r * d + j) * sizeof(float)), tail), b[r]);\
    }                                                                                                       \
    for (size_t r = 0; r < n; r++) scores[r] = sum(_mm256_add_ps(a[r], b[r]));                              \
  }

DEFINE_GROUP(squared_l2_group, squared_difference)
DEFINE_GROUP(inner_product_group, product)

CSCAN_DEFINE_KERNEL(AVX2, cscan_avx2_squared_l2, squared_l2_group)
CSCAN_DEFINE_KERNEL(AVX2, cscan_avx2_inner_product, inner_product_group)
#endif
