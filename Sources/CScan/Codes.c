#include "CodesKernels.h"

typedef struct {
  cscan_encode_kernel encode;
  cscan_bound_kernel squared_l2;
  cscan_bound_kernel inner_product;
} kernels;

/// The kernels of a path; null ones where this processor lacks it.
static kernels kernels_of(cscan_path path) {
  switch (path) {
  case CSCAN_PORTABLE:
    return (kernels){cscan_portable_encode, cscan_portable_bound_squared_l2,
                     cscan_portable_bound_inner_product};
#if defined(__x86_64__)
  case CSCAN_AVX2:
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      return (kernels){cscan_avx2_encode, cscan_avx2_bound_squared_l2, cscan_avx2_bound_inner_product};
    break;
  case CSCAN_AVX512:
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vnni"))
      return (kernels){cscan_avx512_encode, cscan_avx512_bound_squared_l2,
                       cscan_avx512_bound_inner_product};
    break;
#endif
  default:
    break;
  }
  return (kernels){0};
}

cscan_path cscan_best_codes_path(void) {
  if (kernels_of(CSCAN_AVX512).encode) return CSCAN_AVX512;
  return kernels_of(CSCAN_AVX2).encode ? CSCAN_AVX2 : CSCAN_PORTABLE;
}

bool cscan_encode_with(cscan_path path, const void *rows, size_t count, size_t dimension, cscan_codes codes) {
  const cscan_encode_kernel kernel = kernels_of(path).encode;
  if (kernel) kernel(rows, count, dimension, codes);
  return kernel != NULL;
}

bool cscan_bound_squared_l2_with(cscan_path path, const cscan_coded_query *query, cscan_codes codes,
                                 const uint32_t *positions, size_t count, size_t dimension, float *nearest,
                                 float *farthest) {
  const cscan_bound_kernel kernel = kernels_of(path).squared_l2;
  if (kernel) kernel(query, codes, positions, count, dimension, nearest, farthest);
  return kernel != NULL;
}

bool cscan_bound_inner_product_with(cscan_path path, const cscan_coded_query *query, cscan_codes codes,
                                    const uint32_t *positions, size_t count, size_t dimension, float *nearest,
                                    float *farthest) {
  const cscan_bound_kernel kernel = kernels_of(path).inner_product;
  if (kernel) kernel(query, codes, positions, count, dimension, nearest, farthest);
  return kernel != NULL;
}

void cscan_encode(const void *rows, size_t count, size_t dimension, cscan_codes codes) {
  cscan_encode_with(cscan_best_codes_path(), rows, count, dimension, codes);
}

void cscan_bound_squared_l2(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,
                            size_t count, size_t dimension, float *nearest, float *farthest) {
  cscan_bound_squared_l2_with(cscan_best_codes_path(), query, codes, positions, count, dimension, nearest,
                              farthest);
}

void cscan_bound_inner_product(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,
                               size_t count, size_t dimension, float *nearest, float *farthest) {
  cscan_bound_inner_product_with(cscan_best_codes_path(), query, codes, positions, count, dimension, nearest,
                                 farthest);
}

bool cscan_encode_query(const float *query, size_t dimension, int16_t *words, int8_t *planes,
                        cscan_coded_query *coded) {
  // The largest word: its planes are 127 and 127.
  const float most_word = 32639;
  float most = 0;
  for (size_t j = 0; j < dimension; j++) {
    if (!(fabsf(query[j]) < CSCAN_CODES_LIMIT)) return false;
    most = fmaxf(most, fabsf(query[j]));
  }
  const float factor = most >= CSCAN_CODES_LEAST ? most_word / most : 0;
  const double scale = factor > 0 ? most / most_word : 0;
  double sum = 0, squares = 0, words_sum = 0;
  for (size_t j = 0; j < dimension; j++) {
    const int32_t word = (int32_t)lrintf(query[j] * factor);
    const double difference = query[j] - scale * word;
    sum += difference * difference;
    squares += (double)word * word;
    words_sum += word;
    words[j] = (int16_t)word;
    planes[j] = (int8_t)((word + 128) >> 8);
    planes[dimension + j] = (int8_t)(word - 256 * planes[j]);
  }
  *coded = (cscan_coded_query){
      .words = words,
      .planes = planes,
      .scale = scale,
      .squares = squares,
      .error = sqrt(sum) * (1 + 0x1p-22) + 0x1p-148,
      .bias = 128 * words_sum,
  };
  return true;
}
