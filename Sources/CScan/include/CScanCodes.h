#ifndef CSCAN_CODES_H
#define CSCAN_CODES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CScan.h"
#ifdef __cplusplus
extern "C" {
#endif

// Rows as bytes, and how near a row can be as far as its bytes tell. docs/exact-search.md proves the bounds.
// Every path makes the same codes, scales and squares and, from the same numbers, the same bounds, bit for bit.
// No state, no allocation; safe on any number of threads, in the default mode of rounding with subnormal numbers.

/// Dimensions beyond this have no codes: the proof counts on sums that fit.
#define CSCAN_CODES_MAX_DIMENSION 8192

/// Where the codes of rows are: row i stands for scales[i] * (bytes[i * dimension + j] - 128), j = 0...
typedef struct {
  uint8_t *bytes;   ///< [count, dimension], 1...255.
  float *scales;    ///< Not negative.
  int32_t *squares; ///< The sum of (byte - 128)^2.
  float *errors;    ///< At least the length of row - decoded row; infinite where a row is not finite or > 2^55.
} cscan_codes;

/// A query as 16-bit integers: it stands for scale * words[j].
typedef struct {
  const int16_t *words; ///< [dimension].
  const int8_t *planes; ///< [2, dimension]: words = 256 * planes[0] + planes[1].
  double scale;
  double squares; ///< The sum of words^2, exact.
  double error;   ///< At least the length of query - decoded query; positive.
  double bias;    ///< 128 * the sum of the words, exact.
} cscan_coded_query;

/// Writes the codes of `count` rows, on the best path.
void cscan_encode(const void *rows, size_t count, size_t dimension, cscan_codes codes);

/// Fills `words`, `planes` and `coded`; false where the query is not finite or has a number of 2^55 or more.
bool cscan_encode_query(const float *query, size_t dimension, int16_t *words, int8_t *planes,
                        cscan_coded_query *coded);

/// nearest[i] <= distance <= farthest[i], where the distance is what any path of `cscan_squared_l2` answers.
///
/// i counts the rows of `positions`, which are numbers of rows of `codes`; NULL means the first `count`. Where the
/// answer can be NaN or infinite, `farthest` is infinite.
void cscan_bound_squared_l2(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,
                            size_t count, size_t dimension, float *nearest, float *farthest);

/// The same, where the distance is the negative of what any path of `cscan_inner_product` answers.
void cscan_bound_inner_product(const cscan_coded_query *query, cscan_codes codes, const uint32_t *positions,
                               size_t count, size_t dimension, float *nearest, float *farthest);

/// `cscan_encode` on one path; false, with nothing written, where this processor lacks it.
bool cscan_encode_with(cscan_path path, const void *rows, size_t count, size_t dimension, cscan_codes codes);

/// `cscan_bound_squared_l2` on one path; false, with nothing written, where this processor lacks it.
bool cscan_bound_squared_l2_with(cscan_path path, const cscan_coded_query *query, cscan_codes codes,
                                 const uint32_t *positions, size_t count, size_t dimension, float *nearest,
                                 float *farthest);

/// `cscan_bound_inner_product` on one path; false, with nothing written, where this processor lacks it.
bool cscan_bound_inner_product_with(cscan_path path, const cscan_coded_query *query, cscan_codes codes,
                                    const uint32_t *positions, size_t count, size_t dimension, float *nearest,
                                    float *farthest);

/// The best path for codes; `CSCAN_AVX512` needs VNNI here, so it can be less than `cscan_best_path`.
cscan_path cscan_best_codes_path(void);
#ifdef __cplusplus
}
#endif
#endif
