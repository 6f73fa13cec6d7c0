#include "PanelKernels.h"

static cscan_products_kernel products_of(cscan_path path) {
  switch (path) {
  case CSCAN_PORTABLE: return cscan_portable_panel_products;
#if defined(__x86_64__)
  case CSCAN_AVX2: return cscan_best_codes_path() >= CSCAN_AVX2 ? cscan_avx2_panel_products : NULL;
  case CSCAN_AVX512: return cscan_best_codes_path() >= CSCAN_AVX512 ? cscan_avx512_panel_products : NULL;
#endif
  default: return NULL;
  }
}

size_t cscan_panel_size(size_t count, size_t width) { return count * cscan_padded(width) * sizeof(int16_t); }

void cscan_panel_fill(cscan_path path, cscan_codes codes, const uint32_t *positions, size_t count,
                      size_t dimension, size_t width, void *panel, int32_t *squares) {
  const size_t padded = cscan_padded(width);
  memset(panel, 0, cscan_panel_size(count, width));
  int8_t *const narrow = panel;
  int16_t *const wide = panel;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *bytes = codes.bytes + (positions ? positions[i] : i) * dimension;
    int32_t sum = 0;
    if (path == CSCAN_AVX512)
      for (size_t k = 0; k < width; k++) narrow[i * padded + k] = (int8_t)(bytes[k] - 128);
    else
      for (size_t k = 0; k < width; k++) wide[i * padded + k] = (int16_t)(bytes[k] - 128);
    for (size_t k = 0; k < width; k++) sum += (bytes[k] - 128) * (bytes[k] - 128);
    squares[i] = sum;
  }
}

bool cscan_panel_products(cscan_path path, const void *a, size_t a_count, const void *b, size_t b_count,
                          size_t width, int32_t *products) {
  const cscan_products_kernel kernel = products_of(path);
  if (kernel) kernel(a, a_count, b, b_count, width, products);
  return kernel != NULL;
}
