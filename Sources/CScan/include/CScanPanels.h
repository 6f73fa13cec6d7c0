#ifndef CSCAN_PANELS_H
#define CSCAN_PANELS_H
#include "CScanCodes.h"
#ifdef __cplusplus
extern "C" {
#endif

// Many rows against many: panels of codes, their products, and which pairs can be near. docs/exact-search.md,
// section 7, has the proof. Every path finds the same products; no state, no allocation. Numbers of `b` and its
// products are read up to the next multiple of eight; what stands behind the last does not matter.

/// What the tests need to know of the rows of a panel, side by side.
typedef struct {
  /// Squared L2: the length of the decoded row, squared; inner product: at least the length of the row itself.
  const float *sizes;
  const float *scales;
  /// At least the length of row - decoded row.
  const float *errors;
  /// Squared L2: how far the other row may be, negative where no other is wanted any more. Inner product: how much
  /// it has to reach, infinite where no other is wanted.
  const float *limits;
} cscan_panel_rows;

/// The bytes that a panel of `count` rows takes, on any path.
size_t cscan_panel_size(size_t count, size_t width);

/// Lays the first `width` dimensions of rows out as `path` multiplies them, and sums their squares.
///
/// `positions` are numbers of rows of `codes`; NULL means the first `count`.
void cscan_panel_fill(cscan_path path, cscan_codes codes, const uint32_t *positions, size_t count,
                      size_t dimension, size_t width, void *panel, int32_t *squares);

/// products[i * b_count + j] = the sum of (a - 128) * (b - 128) over the bytes of row i of `a` and row j of `b`.
///
/// Both were filled for `path` and `width`. False, with nothing written, where this processor lacks the path.
bool cscan_panel_products(cscan_path path, const void *a, size_t a_count, const void *b, size_t b_count,
                          size_t width, int32_t *products);

/// Writes each j, ascending, whose row can be within the larger limit of its own and that of row i of `a`; returns
/// how many. `products` are those of row i; `near` has room for `count`.
size_t cscan_near_squared_l2(cscan_path path, const int32_t *products, cscan_panel_rows a, size_t i,
                             cscan_panel_rows b, size_t count, uint32_t *near);

/// The same for products that can reach the smaller of both limits. `relative` is g of the proof, for the dimension.
size_t cscan_near_inner_product(cscan_path path, const int32_t *products, cscan_panel_rows a, size_t i,
                                cscan_panel_rows b, size_t count, double relative, uint32_t *near);
#ifdef __cplusplus
}
#endif
#endif
