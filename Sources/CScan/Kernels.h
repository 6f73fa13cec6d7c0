#ifndef CSCAN_KERNELS_H
#define CSCAN_KERNELS_H
#include <stddef.h>

/// The scores of `count` rows; the contract of `cscan_squared_l2` and `cscan_inner_product`.
typedef void (*cscan_kernel)(const float *query, const char *rows, size_t count, size_t dimension,
                             float *scores);

void cscan_portable_squared_l2(const float *, const char *, size_t, size_t, float *);
void cscan_portable_inner_product(const float *, const char *, size_t, size_t, float *);
#if defined(__x86_64__)
void cscan_avx2_squared_l2(const float *, const char *, size_t, size_t, float *);
void cscan_avx2_inner_product(const float *, const char *, size_t, size_t, float *);
void cscan_avx512_squared_l2(const float *, const char *, size_t, size_t, float *);
void cscan_avx512_inner_product(const float *, const char *, size_t, size_t, float *);
#endif

/// Rows that one pass over the query serves.
#define CSCAN_ROWS 4

/// Defines a kernel on `group(query, rows, n, dimension, scores)`, which scores n rows, n a constant there.
///
/// The same body for one row and for several keeps each row's additions in one order.
#define CSCAN_DEFINE_KERNEL(attributes, name, group)                                                        \
  attributes void name(const float *query, const char *rows, size_t count, size_t dimension,                \
                       float *scores) {                                                                     \
    const size_t row = dimension * sizeof(float);                                                           \
    size_t i = 0;                                                                                           \
    for (; i + CSCAN_ROWS <= count; i += CSCAN_ROWS)                                                        \
      group(query, rows + i * row, CSCAN_ROWS, dimension, scores + i);                                      \
    for (; i < count; i++)                                                                                  \
      group(query, rows + i * row, 1, dimension, scores + i);                                               \
  }
#endif
