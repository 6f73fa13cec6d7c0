#include "PanelKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE static inline __attribute__((target("avx2,fma"), always_inline))

/// The sums of the lanes of four vectors.
AVX2_INLINE __m128i sums_of(__m256i a, __m256i b, __m256i c, __m256i d) {
  const __m256i v = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
  return _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
}

// Two rows by four: what is held, eight sums and four rows, and one of each passing by fit into the registers.
AVX2_INLINE void tile(const int16_t *a, const size_t m, const int16_t *b, const size_t n, size_t width,
                      int32_t *products, size_t stride) {
  __m256i sums[2][4];
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < 4; j++) sums[i][j] = _mm256_setzero_si256();
  for (size_t k = 0; k < width; k += 16) {
    __m256i y[4];
    for (size_t j = 0; j < n; j++) y[j] = _mm256_loadu_si256((const __m256i *)(b + j * width + k));
    for (size_t i = 0; i < m; i++) {
      const __m256i x = _mm256_loadu_si256((const __m256i *)(a + i * width + k));
      for (size_t j = 0; j < n; j++) sums[i][j] = _mm256_add_epi32(sums[i][j], _mm256_madd_epi16(x, y[j]));
    }
  }
  for (size_t i = 0; i < m; i++) {
    const __m128i four = sums_of(sums[i][0], sums[i][1], sums[i][2], sums[i][3]);
    memcpy(products + i * stride, &four, n * sizeof(int32_t));
  }
}

CSCAN_DEFINE_PRODUCTS(AVX2, cscan_avx2_panel_products, int16_t, 2, 4, tile)
#endif
