#include "PanelKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vnni")))
#define AVX512_INLINE static inline __attribute__((target("avx512f,avx512bw,avx512vnni"), always_inline))

// The instruction multiplies a byte without a sign with one that has a sign. 128 is added to those of `a`, and 128
// times the sum of `b` taken away again: |sums| <= 255 * 127 * 8192 < 2^31.
AVX512_INLINE void tile(const int8_t *a, const size_t m, const int8_t *b, const size_t n, size_t width,
                        int32_t *products, size_t stride) {
  const __m512i top = _mm512_set1_epi8((char)0x80);
  __m512i sums[4][4], biases[4];
  for (size_t j = 0; j < 4; j++) {
    biases[j] = _mm512_setzero_si512();
    for (size_t i = 0; i < 4; i++) sums[i][j] = _mm512_setzero_si512();
  }
  for (size_t k = 0; k < width; k += 64) {
    __m512i y[4];
    for (size_t j = 0; j < n; j++) {
      y[j] = _mm512_loadu_si512(b + j * width + k);
      biases[j] = _mm512_dpbusd_epi32(biases[j], top, y[j]);
    }
    for (size_t i = 0; i < m; i++) {
      const __m512i x = _mm512_xor_si512(_mm512_loadu_si512(a + i * width + k), top);
      for (size_t j = 0; j < n; j++) sums[i][j] = _mm512_dpbusd_epi32(sums[i][j], x, y[j]);
    }
  }
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      products[i * stride + j] = _mm512_reduce_add_epi32(_mm512_sub_epi32(sums[i][j], biases[j]));
}

CSCAN_DEFINE_PRODUCTS(AVX512, cscan_avx512_panel_products, int8_t, 4, 4, tile)
#endif
