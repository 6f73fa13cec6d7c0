#ifndef CSCAN_PANEL_KERNELS_H
#define CSCAN_PANEL_KERNELS_H
#include <string.h>
#include "CScan.h"

/// The contract of `cscan_panel_products`.
typedef void (*cscan_products_kernel)(const void *a, size_t a_count, const void *b, size_t b_count, size_t width,
                                      int32_t *products);

void cscan_portable_panel_products(const void *, size_t, const void *, size_t, size_t, int32_t *);
#if defined(__x86_64__)
void cscan_avx2_panel_products(const void *, size_t, const void *, size_t, size_t, int32_t *);
void cscan_avx512_panel_products(const void *, size_t, const void *, size_t, size_t, int32_t *);
#endif

/// The width of a panel's rows, which zeros fill up.
static inline size_t cscan_padded(size_t width) { return (width + 63) / 64 * 64; }

/// Defines a kernel on `tile(a, m, b, n, width, products, stride)`: m rows by n, both constants there.
#define CSCAN_DEFINE_PRODUCTS(attributes, name, type, m, n, tile)                                           \
  attributes void name(const void *a, size_t a_count, const void *b, size_t b_count, size_t width,          \
                       int32_t *products) {                                                                 \
    const size_t padded = cscan_padded(width);                                                              \
    const type *const x = a, *const y = b;                                                                  \
    size_t i = 0;                                                                                           \
    for (; i + m <= a_count; i += m) {                                                                      \
      size_t j = 0;                                                                                         \
      for (; j + n <= b_count; j += n)                                                                      \
        tile(x + i * padded, m, y + j * padded, n, padded, products + i * b_count + j, b_count);            \
      for (; j < b_count; j++)                                                                              \
        tile(x + i * padded, m, y + j * padded, 1, padded, products + i * b_count + j, b_count);            \
    }                                                                                                       \
    for (; i < a_count; i++)                                                                                \
      for (size_t j = 0; j < b_count; j++)                                                                  \
        tile(x + i * padded, 1, y + j * padded, 1, padded, products + i * b_count + j, b_count);            \
  }
#endif
