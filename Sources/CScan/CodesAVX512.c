#include "CodesKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vnni")))
#define AVX512_INLINE static inline __attribute__((target("avx512f,avx512bw,avx512vnni"), always_inline))

/// The sum of 256 * high + low, which fits a lane when the sums of bytes and words do.
AVX512_INLINE __m512i joined(__m512i high, __m512i low) {
  const __m512i sums = _mm512_add_epi32(_mm512_slli_epi32(high, 8), low);
  return _mm512_add_epi64(_mm512_cvtepi32_epi64(_mm512_castsi512_si256(sums)),
                          _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(sums, 1)));
}

AVX512_INLINE double dot(const cscan_coded_query *query, const uint8_t *bytes, size_t dimension) {
  // A lane takes four products in 64 dimensions.
  const size_t flush = 16 * CSCAN_CODES_CHUNK;
  const int8_t *high = query->planes, *low = high + dimension;
  __m512i total = _mm512_setzero_si512();
  for (size_t start = 0; start < dimension; start += flush) {
    const size_t end = dimension - start < flush ? dimension : start + flush;
    __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
    size_t j = start;
    for (; j + 128 <= end; j += 128) {
      const __m512i x = _mm512_loadu_si512(bytes + j), y = _mm512_loadu_si512(bytes + j + 64);
      a = _mm512_dpbusd_epi32(a, x, _mm512_loadu_si512(high + j));
      b = _mm512_dpbusd_epi32(b, x, _mm512_loadu_si512(low + j));
      c = _mm512_dpbusd_epi32(c, y, _mm512_loadu_si512(high + j + 64));
      d = _mm512_dpbusd_epi32(d, y, _mm512_loadu_si512(low + j + 64));
    }
    for (; j < end; j += 64) {
      const __mmask64 rest = end - j < 64 ? ((__mmask64)1 << (end - j)) - 1 : ~(__mmask64)0;
      const __m512i x = _mm512_maskz_loadu_epi8(rest, bytes + j);
      a = _mm512_dpbusd_epi32(a, x, _mm512_maskz_loadu_epi8(rest, high + j));
      b = _mm512_dpbusd_epi32(b, x, _mm512_maskz_loadu_epi8(rest, low + j));
    }
    total = _mm512_add_epi64(total, joined(_mm512_add_epi32(a, c), _mm512_add_epi32(b, d)));
  }
  return (double)_mm512_reduce_add_epi64(total);
}

CSCAN_DEFINE_BOUNDS(AVX512, cscan_avx512_bound_squared_l2, dot, cscan_bound_eight_l2)
CSCAN_DEFINE_BOUNDS(AVX512, cscan_avx512_bound_inner_product, dot, cscan_bound_eight_ip)

AVX512_INLINE __mmask16 first(size_t count) { return count < 16 ? (__mmask16)((1u << count) - 1) : 0xffff; }

AVX512 void cscan_avx512_encode(const char *rows, size_t count, size_t dimension, cscan_codes codes) {
  for (size_t i = 0; i < count; i++) {
    const float *row = (const float *)(rows + i * dimension * sizeof(float));
    uint8_t *bytes = codes.bytes + i * dimension;
    __m512i most = _mm512_setzero_si512();
    for (size_t j = 0; j < dimension; j += 16) {
      const __m512i bits = _mm512_maskz_loadu_epi32(first(dimension - j), row + j);
      most = _mm512_max_epu32(most, _mm512_and_si512(bits, _mm512_set1_epi32(0x7fffffff)));
    }
    const uint32_t largest = _mm512_reduce_max_epu32(most);
    const float factor = cscan_begin_row(largest, &codes.scales[i]);
    const __m512d scale = _mm512_set1_pd(codes.scales[i]);
    __m512d a = _mm512_setzero_pd(), b = a;
    __m512i squares = _mm512_setzero_si512();
    for (size_t j = 0; j < dimension; j += 16) {
      const __m512 values = _mm512_maskz_loadu_ps(first(dimension - j), row + j);
      const __m512i code = factor > 0 ? _mm512_cvtps_epi32(_mm512_mul_ps(values, _mm512_set1_ps(factor)))
                                      : _mm512_setzero_si512();
      const __m256 behind = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(values), 1));
      const __m512d x = _mm512_fnmadd_pd(scale, _mm512_cvtepi32_pd(_mm512_castsi512_si256(code)),
                                         _mm512_cvtps_pd(_mm512_castps512_ps256(values)));
      const __m512d y = _mm512_fnmadd_pd(scale, _mm512_cvtepi32_pd(_mm512_extracti64x4_epi64(code, 1)),
                                         _mm512_cvtps_pd(behind));
      a = _mm512_fmadd_pd(x, x, a);
      b = _mm512_fmadd_pd(y, y, b);
      squares = _mm512_add_epi32(squares, _mm512_mullo_epi32(code, code));
      _mm512_mask_cvtepi32_storeu_epi8(bytes + j, first(dimension - j),
                                       _mm512_add_epi32(code, _mm512_set1_epi32(128)));
    }
    codes.squares[i] = _mm512_reduce_add_epi32(squares);
    codes.errors[i] = cscan_end_row(largest, _mm512_reduce_add_pd(_mm512_add_pd(a, b)));
  }
}
#endif
