#ifndef CSCAN_H
#define CSCAN_H
#include <stddef.h>

// Exact scans of Float32 rows. `rows` is [count, dimension], row-major, little-endian, at any
// address: a mapped index file has its codes at byte 45. scores[i] belongs to row i and depends on
// that row alone, not on `count`. No state, no allocation; safe on any number of threads.

/// scores[i] = sum over the dimensions of (query - row i)^2.
void cscan_squared_l2(const float *query, const void *rows, size_t count, size_t dimension, float *scores);
/// scores[i] = sum over the dimensions of query * row i.
void cscan_inner_product(const float *query, const void *rows, size_t count, size_t dimension, float *scores);
/// The instruction set that the two use on this processor: "avx512", "avx2" or "portable".
const char *cscan_instruction_set(void);
#endif
