#include "CodesKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE static inline __attribute__((target("avx2,fma"), always_inline))

AVX2_INLINE __m256i widened_sum(__m256i v) {
  return _mm256_add_epi64(_mm256_cvtepi32_epi64(_mm256_castsi256_si128(v)),
                          _mm256_cvtepi32_epi64(_mm256_extracti128_si256(v, 1)));
}

AVX2_INLINE __m256i sixteen(const uint8_t *bytes, const int16_t *words) {
  return _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)bytes)),
                           _mm256_loadu_si256((const __m256i *)words));
}

AVX2_INLINE double dot(const cscan_coded_query *query, const uint8_t *bytes, size_t dimension) {
  // A lane of each sum takes two products in 32 dimensions.
  const size_t flush = 8 * CSCAN_CODES_CHUNK;
  const int16_t *words = query->words;
  __m256i total = _mm256_setzero_si256();
  size_t j = 0;
  while (j + 16 <= dimension) {
    const size_t end = dimension - j < flush ? dimension : j + flush;
    __m256i a = _mm256_setzero_si256(), b = a;
    for (; j + 32 <= end; j += 32) {
      a = _mm256_add_epi32(a, sixteen(bytes + j, words + j));
      b = _mm256_add_epi32(b, sixteen(bytes + j + 16, words + j + 16));
    }
    if (j + 16 <= end) {
      a = _mm256_add_epi32(a, sixteen(bytes + j, words + j));
      j += 16;
    }
    total = _mm256_add_epi64(total, _mm256_add_epi64(widened_sum(a), widened_sum(b)));
  }
  const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(total), _mm256_extracti128_si256(total, 1));
  int64_t sum = _mm_cvtsi128_si64(half) + _mm_extract_epi64(half, 1);
  for (; j < dimension; j++) sum += (int32_t)bytes[j] * words[j];
  return (double)sum;
}

CSCAN_DEFINE_BOUNDS(AVX2, cscan_avx2_bound_squared_l2, dot, cscan_bound_eight_l2)
CSCAN_DEFINE_BOUNDS(AVX2, cscan_avx2_bound_inner_product, dot, cscan_bound_eight_ip)

/// Eight lanes of which the first `count` are on; the rest is never read.
AVX2_INLINE __m256i first(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(count < 8 ? (int)count : 8),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

AVX2_INLINE uint32_t largest_of(__m256i v) {
  __m128i m = _mm_max_epu32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
  m = _mm_max_epu32(m, _mm_shuffle_epi32(m, 0x4e));
  return (uint32_t)_mm_cvtsi128_si32(_mm_max_epu32(m, _mm_shuffle_epi32(m, 0xb1)));
}

AVX2_INLINE int32_t sum_of(__m256i v) {
  __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
  s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
  return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
}

AVX2 void cscan_avx2_encode(const char *rows, size_t count, size_t dimension, cscan_codes codes) {
  for (size_t i = 0; i < count; i++) {
    const float *row = (const float *)(rows + i * dimension * sizeof(float));
    uint8_t *bytes = codes.bytes + i * dimension;
    __m256i most = _mm256_setzero_si256();
    for (size_t j = 0; j < dimension; j += 8) {
      const __m256i bits = _mm256_castps_si256(_mm256_maskload_ps(row + j, first(dimension - j)));
      most = _mm256_max_epu32(most, _mm256_and_si256(bits, _mm256_set1_epi32(0x7fffffff)));
    }
    const uint32_t largest = largest_of(most);
    const float factor = cscan_begin_row(largest, &codes.scales[i]);
    const __m256d scale = _mm256_set1_pd(codes.scales[i]);
    __m256d a = _mm256_setzero_pd(), b = a;
    __m256i squares = _mm256_setzero_si256();
    for (size_t j = 0; j < dimension; j += 8) {
      const __m256 values = _mm256_maskload_ps(row + j, first(dimension - j));
      const __m256i code = factor > 0 ? _mm256_cvtps_epi32(_mm256_mul_ps(values, _mm256_set1_ps(factor)))
                                      : _mm256_setzero_si256();
      const __m256d x = _mm256_fnmadd_pd(scale, _mm256_cvtepi32_pd(_mm256_castsi256_si128(code)),
                                         _mm256_cvtps_pd(_mm256_castps256_ps128(values)));
      const __m256d y = _mm256_fnmadd_pd(scale, _mm256_cvtepi32_pd(_mm256_extracti128_si256(code, 1)),
                                         _mm256_cvtps_pd(_mm256_extractf128_ps(values, 1)));
      a = _mm256_fmadd_pd(x, x, a);
      b = _mm256_fmadd_pd(y, y, b);
      squares = _mm256_add_epi32(squares, _mm256_mullo_epi32(code, code));
      const __m256i shifted = _mm256_add_epi32(code, _mm256_set1_epi32(128));
      const __m128i narrow =
          _mm_packus_epi32(_mm256_castsi256_si128(shifted), _mm256_extracti128_si256(shifted, 1));
      const int64_t eight = _mm_cvtsi128_si64(_mm_packus_epi16(narrow, narrow));
      memcpy(bytes + j, &eight, dimension - j < 8 ? dimension - j : 8);
    }
    const __m256d sums = _mm256_add_pd(a, b);
    const __m128d half = _mm_add_pd(_mm256_castpd256_pd128(sums), _mm256_extractf128_pd(sums, 1));
    codes.squares[i] = sum_of(squares);
    codes.errors[i] = cscan_end_row(largest, half[0] + half[1]);
  }
}
#endif
