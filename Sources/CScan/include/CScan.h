#ifndef CSCAN_H
#define CSCAN_H
#include <stdbool.h>
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

// Exact scans of Float32 rows. `rows` is [count, dimension], row-major, in the byte order of the processor,
// at any address: a mapped index file has its codes at byte 45. scores[i] belongs to row i and depends on the
// query, that row and the path alone, not on `count` or its neighbours. A row with a NaN scores NaN.
// No state, no allocation; safe on any number of threads. `query` and `rows` may be NULL when they would
// hold nothing.

/// A way to compute, each with its own order of additions and so its own last bits.
typedef enum {
  CSCAN_PORTABLE = 0, ///< Plain C; on every processor.
  CSCAN_AVX2 = 1,     ///< 8 floats at a time with fused multiply-add.
  CSCAN_AVX512 = 2,   ///< 16 floats at a time with fused multiply-add.
} cscan_path;

/// scores[i] = sum over the dimensions of (query - row i)^2, on the best path.
void cscan_squared_l2(const float *query, const void *rows, size_t count, size_t dimension, float *scores);

/// scores[i] = sum over the dimensions of query * row i, on the best path.
void cscan_inner_product(const float *query, const void *rows, size_t count, size_t dimension, float *scores);

/// What `cscan_squared_l2` answers for the one row `other`, bit for bit.
float cscan_squared_l2_pair(const float *query, const void *other, size_t dimension);

/// What `cscan_inner_product` answers for the one row `other`, bit for bit.
float cscan_inner_product_pair(const float *query, const void *other, size_t dimension);

/// `cscan_squared_l2` on one path; false, with `scores` untouched, where this processor lacks it.
bool cscan_squared_l2_with(cscan_path path, const float *query, const void *rows, size_t count,
                           size_t dimension, float *scores);

/// `cscan_inner_product` on one path; false, with `scores` untouched, where this processor lacks it.
bool cscan_inner_product_with(cscan_path path, const float *query, const void *rows, size_t count,
                              size_t dimension, float *scores);

/// The best path of this processor, which the functions without a path use.
cscan_path cscan_best_path(void);

/// The name of the best path: "avx512", "avx2" or "portable". Static storage.
const char *cscan_instruction_set(void);

#ifdef __cplusplus
}
#endif

#include "CScanCodes.h"
#include "CScanPanels.h"
#endif
