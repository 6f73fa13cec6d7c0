#ifndef CSCAN_CODES_KERNELS_H
#define CSCAN_CODES_KERNELS_H
#include <math.h>
#include <string.h>
#include "CScan.h"

/// The contract of `cscan_encode`.
typedef void (*cscan_encode_kernel)(const char *rows, size_t count, size_t dimension, cscan_codes codes);
/// The contract of `cscan_bound_squared_l2` and `cscan_bound_inner_product`.
typedef void (*cscan_bound_kernel)(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,
                                   size_t count, size_t dimension, float *nearest, float *farthest);

#define CSCAN_DECLARE_CODES(path)                                                                           \
  void cscan_##path##_encode(const char *, size_t, size_t, cscan_codes);                                    \
  void cscan_##path##_bound_squared_l2(const cscan_coded_query *, cscan_codes, const uint32_t *, size_t,    \
                                       size_t, float *, float *);                                           \
  void cscan_##path##_bound_inner_product(const cscan_coded_query *, cscan_codes, const uint32_t *, size_t, \
                                          size_t, float *, float *);
CSCAN_DECLARE_CODES(portable)
#if defined(__x86_64__)
CSCAN_DECLARE_CODES(avx2)
CSCAN_DECLARE_CODES(avx512)
#endif

// Rows and queries whose largest number lies outside have the code 0, which is a true if useless one: quotients
// neither overflow inside nor lose their precision.
#define CSCAN_CODES_LEAST 0x1p-100f
#define CSCAN_CODES_LIMIT 0x1p55f

/// Sums of at most this many products of a byte and a word fit 32 bits in each lane of each path.
#define CSCAN_CODES_CHUNK 256

/// What remains of a row's coding when its largest |number| is known, by its bits: NaN is above infinity.
///
/// Returns the number to multiply with, 0 where all codes are to be 0.
static inline float cscan_begin_row(uint32_t largest, float *scale) {
  float most;
  memcpy(&most, &largest, sizeof most);
  if (!(most >= CSCAN_CODES_LEAST && most < CSCAN_CODES_LIMIT)) {
    *scale = 0;
    return 0;
  }
  *scale = most / 127;
  return 127 / most;
}

/// The error of a row from the computed sum of its squared differences, in double precision.
static inline float cscan_end_row(uint32_t largest, double sum) {
  float most;
  memcpy(&most, &largest, sizeof most);
  // Section 2 of the proof: twice what rounding can have taken.
  return most < CSCAN_CODES_LIMIT ? (float)(sqrt(sum) * (1 + 0x1p-22) + 0x1p-148) : INFINITY;
}

// Eight rows at a time, in whatever vectors the caller's instruction set has.
typedef double cscan_doubles __attribute__((vector_size(8 * sizeof(double))));
typedef float cscan_floats __attribute__((vector_size(8 * sizeof(float))));
typedef int32_t cscan_integers __attribute__((vector_size(8 * sizeof(int32_t))));

/// Rows whose products are made before their bounds.
#define CSCAN_BOUND_ROWS 64

/// What the bounds of one query have in common.
typedef struct {
  double scale, square, length, error, relative, absolute;
} cscan_query_bounds;

static inline cscan_query_bounds cscan_query_bounds_of(const cscan_coded_query *query, size_t dimension) {
  return (cscan_query_bounds){
      .scale = query->scale,
      .square = query->scale * query->scale * query->squares,
      .length = query->scale * sqrt(query->squares) * (1 + 0x1p-48) + 0x1p-300,
      .error = query->error,
      // Section 3 of the proof: the rounding of the kernels and of the bounds themselves.
      .relative = ((double)(dimension / 8) + 16) * 0x1p-24,
      .absolute = ((double)dimension + 16) * 0x1p-147,
  };
}

/// The numbers of up to `CSCAN_BOUND_ROWS` rows side by side; those behind the last row are zeros.
typedef struct {
  double products[CSCAN_BOUND_ROWS];
  float scales[CSCAN_BOUND_ROWS], errors[CSCAN_BOUND_ROWS];
  int32_t squares[CSCAN_BOUND_ROWS];
  float nearest[CSCAN_BOUND_ROWS], farthest[CSCAN_BOUND_ROWS];
} cscan_bound_block;

#define CSCAN_ALWAYS_INLINE static inline __attribute__((always_inline))

CSCAN_ALWAYS_INLINE void cscan_bound_eight_l2(const cscan_query_bounds *q, cscan_bound_block *block, size_t i) {
#pragma STDC FP_CONTRACT OFF
  cscan_floats scales, errors;
  cscan_integers squares;
  cscan_doubles products;
  memcpy(&scales, block->scales + i, sizeof scales);
  memcpy(&errors, block->errors + i, sizeof errors);
  memcpy(&squares, block->squares + i, sizeof squares);
  memcpy(&products, block->products + i, sizeof products);
  const cscan_doubles scale = __builtin_convertvector(scales, cscan_doubles);
  const cscan_doubles sizes = scale * scale * __builtin_convertvector(squares, cscan_doubles) + q->square;
  const cscan_doubles square = sizes - scale * (2 * q->scale) * products;
  const cscan_doubles slack = sizes * 0x1p-48, zero = {0};
  const cscan_doubles error = (__builtin_convertvector(errors, cscan_doubles) + q->error) * (1 + 0x1p-50);
  const cscan_doubles least = __builtin_elementwise_max(square - slack, zero);
  const cscan_doubles most = __builtin_elementwise_max(square + slack, zero);
  const cscan_doubles low =
      __builtin_elementwise_max(__builtin_elementwise_sqrt(least) * (1 - 0x1p-50) - error, zero);
  const cscan_doubles high = __builtin_elementwise_sqrt(most) + error;
  const cscan_floats nearest =
      __builtin_convertvector(low * low * (1 - q->relative) - q->absolute, cscan_floats);
  const cscan_floats farthest =
      __builtin_convertvector(high * high * (1 + q->relative) + q->absolute, cscan_floats);
  memcpy(block->nearest + i, &nearest, sizeof nearest);
  memcpy(block->farthest + i, &farthest, sizeof farthest);
}

CSCAN_ALWAYS_INLINE void cscan_bound_eight_ip(const cscan_query_bounds *q, cscan_bound_block *block, size_t i) {
#pragma STDC FP_CONTRACT OFF
  cscan_floats scales, errors;
  cscan_integers squares;
  cscan_doubles products;
  memcpy(&scales, block->scales + i, sizeof scales);
  memcpy(&errors, block->errors + i, sizeof errors);
  memcpy(&squares, block->squares + i, sizeof squares);
  memcpy(&products, block->products + i, sizeof products);
  const cscan_doubles scale = __builtin_convertvector(scales, cscan_doubles);
  const cscan_doubles error = __builtin_convertvector(errors, cscan_doubles);
  const cscan_doubles product = scale * q->scale * products;
  // At least the length of the row itself.
  const cscan_doubles length =
      scale * __builtin_elementwise_sqrt(__builtin_convertvector(squares, cscan_doubles)) + error;
  const cscan_doubles width = (error * q->length + length * q->error +
                               length * ((q->length + q->error) * q->relative)) * (1 + 0x1p-20) + q->absolute;
  const cscan_floats nearest = __builtin_convertvector(-product - width, cscan_floats);
  const cscan_floats farthest = __builtin_convertvector(-product + width, cscan_floats);
  memcpy(block->nearest + i, &nearest, sizeof nearest);
  memcpy(block->farthest + i, &farthest, sizeof farthest);
}

/// Defines a bound kernel on `dot(query, bytes, dimension)`, the exact sum of byte * word as a double.
#define CSCAN_DEFINE_BOUNDS(attributes, name, dot, bound_eight)                                             \
  attributes void name(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,        \
                       size_t count, size_t dimension, float *nearest, float *farthest) {                   \
    const cscan_query_bounds bounds = cscan_query_bounds_of(query, dimension);                              \
    cscan_bound_block block;                                                                                \
    for (size_t start = 0; start < count; start += CSCAN_BOUND_ROWS) {                                      \
      const size_t n = count - start < CSCAN_BOUND_ROWS ? count - start : CSCAN_BOUND_ROWS;                 \
      if (n < CSCAN_BOUND_ROWS) memset(&block, 0, sizeof block);                                            \
      for (size_t i = 0; i < n; i++) {                                                                      \
        const size_t row = positions ? positions[start + i] : start + i;                                    \
        block.products[i] = dot(query, codes.bytes + row * dimension, dimension) - query->bias;             \
        block.scales[i] = codes.scales[row];                                                                \
        block.errors[i] = codes.errors[row];                                                                \
        block.squares[i] = codes.squares[row];                                                              \
      }                                                                                                     \
      for (size_t i = 0; i < n; i += 8) bound_eight(&bounds, &block, i);                                    \
      memcpy(nearest + start, block.nearest, n * sizeof(float));                                            \
      memcpy(farthest + start, block.farthest, n * sizeof(float));                                          \
    }                                                                                                       \
  }
#endif
