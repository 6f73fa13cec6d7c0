// faiss's distance functions on the kernels of CScan.
//
// Debian builds libfaiss for SSE2. All that its distances_simd.o has for others is defined here, so that the linker
// never takes that member of the archive and every index works with the instructions of the processor. The list is
// that of 1.7.3; with another version faiss keeps its own, and cfaiss_uses_scan_kernels answers no.
#include "CFaiss.h"
#include "CScan.h"
#include <algorithm>
#include <cmath>
#include <faiss/Index.h>
#include <faiss/utils/distances.h>

#define IS_KNOWN_FAISS (FAISS_VERSION_MAJOR == 1 && FAISS_VERSION_MINOR == 7 && FAISS_VERSION_PATCH == 3)

namespace faiss {

#if IS_KNOWN_FAISS

float fvec_L2sqr(const float *x, const float *y, size_t d) { return cscan_squared_l2_pair(x, y, d); }

float fvec_inner_product(const float *x, const float *y, size_t d) {
  return cscan_inner_product_pair(x, y, d);
}

float fvec_norm_L2sqr(const float *x, size_t d) { return cscan_inner_product_pair(x, x, d); }

void fvec_L2sqr_ny(float *scores, const float *x, const float *y, size_t d, size_t count) {
  cscan_squared_l2(x, y, count, d, scores);
}

void fvec_inner_products_ny(float *scores, const float *x, const float *y, size_t d, size_t count) {
  cscan_inner_product(x, y, count, d, scores);
}

size_t fvec_L2sqr_ny_nearest(float *scores, const float *x, const float *y, size_t d, size_t count) {
  fvec_L2sqr_ny(scores, x, y, d, count);
  size_t nearest = 0;
  float least = HUGE_VALF;
  for (size_t i = 0; i < count; i++)
    if (scores[i] < least) {
      least = scores[i];
      nearest = i;
    }
  return nearest;
}

size_t fvec_L2sqr_ny_nearest_y_transposed(float *scores, const float *x, const float *y, const float *squares,
                                          size_t d, size_t stride, size_t count) {
  std::copy_n(squares, count, scores);
  for (size_t j = 0; j < d; j++)
    for (size_t i = 0; i < count; i++) scores[i] -= 2 * x[j] * y[i + j * stride];
  // The length of x is the same for all.
  return std::min_element(scores, scores + count) - scores;
}

float fvec_L1(const float *x, const float *y, size_t d) {
  float sum = 0;
  for (size_t j = 0; j < d; j++) sum += std::fabs(x[j] - y[j]);
  return sum;
}

float fvec_Linf(const float *x, const float *y, size_t d) {
  float most = 0;
  for (size_t j = 0; j < d; j++) most = std::fmax(most, std::fabs(x[j] - y[j]));
  return most;
}

void fvec_madd(size_t n, const float *a, float factor, const float *b, float *sums) {
  for (size_t i = 0; i < n; i++) sums[i] = a[i] + factor * b[i];
}

int fvec_madd_and_argmin(size_t n, const float *a, float factor, const float *b, float *sums) {
  float least = 1e20f;
  int nearest = -1;
  for (size_t i = 0; i < n; i++) {
    sums[i] = a[i] + factor * b[i];
    if (sums[i] < least) {
      least = sums[i];
      nearest = static_cast<int>(i);
    }
  }
  return nearest;
}

void fvec_add(size_t d, const float *a, const float *b, float *sums) {
  for (size_t j = 0; j < d; j++) sums[j] = a[j] + b[j];
}

void fvec_add(size_t d, const float *a, float b, float *sums) {
  for (size_t j = 0; j < d; j++) sums[j] = a[j] + b;
}

void fvec_sub(size_t d, const float *a, const float *b, float *differences) {
  for (size_t j = 0; j < d; j++) differences[j] = a[j] - b[j];
}

void compute_PQ_dis_tables_dsub2(size_t d, size_t ksub, const float *centroids, size_t nx, const float *x,
                                 bool is_inner_product, float *tables) {
  const auto fill = is_inner_product ? fvec_inner_products_ny : fvec_L2sqr_ny;
  const size_t count = d / 2;
  for (size_t i = 0; i < nx; i++)
    for (size_t m = 0; m < count; m++)
      fill(tables + (i * count + m) * ksub, x + i * d + 2 * m, centroids + m * ksub * 2, 2, ksub);
}

#endif

// Only the member that is replaced has it; a weak name does not bring the member in.
float fvec_L2sqr_ref(const float *x, const float *y, size_t d) __attribute__((weak));

} // namespace faiss

bool cfaiss_uses_scan_kernels(void) { return IS_KNOWN_FAISS && faiss::fvec_L2sqr_ref == nullptr; }
