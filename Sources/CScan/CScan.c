#include "CScan.h"
#include "Kernels.h"

typedef struct {
  cscan_kernel squared_l2;
  cscan_kernel inner_product;
} kernels;

/// The kernels of a path; null ones where this processor lacks it.
static kernels kernels_of(cscan_path path) {
  switch (path) {
  case CSCAN_PORTABLE:
    return (kernels){cscan_portable_squared_l2, cscan_portable_inner_product};
#if defined(__x86_64__)
  case CSCAN_AVX2:
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      return (kernels){cscan_avx2_squared_l2, cscan_avx2_inner_product};
    break;
  case CSCAN_AVX512:
    if (__builtin_cpu_supports("avx512f"))
      return (kernels){cscan_avx512_squared_l2, cscan_avx512_inner_product};
    break;
#endif
  default:
    break;
  }
  return (kernels){0};
}

cscan_path cscan_best_path(void) {
  if (kernels_of(CSCAN_AVX512).squared_l2) return CSCAN_AVX512;
  return kernels_of(CSCAN_AVX2).squared_l2 ? CSCAN_AVX2 : CSCAN_PORTABLE;
}

const char *cscan_instruction_set(void) {
  switch (cscan_best_path()) {
  case CSCAN_AVX512: return "avx512";
  case CSCAN_AVX2: return "avx2";
  default: return "portable";
  }
}

void cscan_squared_l2(const float *query, const void *rows, size_t count, size_t dimension, float *scores) {
  kernels_of(cscan_best_path()).squared_l2(query, rows, count, dimension, scores);
}

void cscan_inner_product(const float *query, const void *rows, size_t count, size_t dimension,
                         float *scores) {
  kernels_of(cscan_best_path()).inner_product(query, rows, count, dimension, scores);
}

float cscan_squared_l2_pair(const float *query, const void *other, size_t dimension) {
  float score;
  cscan_squared_l2(query, other, 1, dimension, &score);
  return score;
}

float cscan_inner_product_pair(const float *query, const void *other, size_t dimension) {
  float score;
  cscan_inner_product(query, other, 1, dimension, &score);
  return score;
}

bool cscan_squared_l2_with(cscan_path path, const float *query, const void *rows, size_t count,
                           size_t dimension, float *scores) {
  const cscan_kernel kernel = kernels_of(path).squared_l2;
  if (kernel) kernel(query, rows, count, dimension, scores);
  return kernel != NULL;
}

bool cscan_inner_product_with(cscan_path path, const float *query, const void *rows, size_t count,
                              size_t dimension, float *scores) {
  const cscan_kernel kernel = kernels_of(path).inner_product;
  if (kernel) kernel(query, rows, count, dimension, scores);
  return kernel != NULL;
}
