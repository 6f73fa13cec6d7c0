#include "PanelKernels.h"

static inline __attribute__((always_inline)) void tile(const int16_t *a, const size_t m, const int16_t *b,
                                                       const size_t n, size_t width, int32_t *products,
                                                       size_t stride) {
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++) {
      int32_t sum = 0;
      for (size_t k = 0; k < width; k++) sum += a[i * width + k] * b[j * width + k];
      products[i * stride + j] = sum;
    }
}

CSCAN_DEFINE_PRODUCTS(, cscan_portable_panel_products, int16_t, 1, 1, tile)
