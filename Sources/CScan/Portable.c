#include "Kernels.h"
#include <string.h>

/// A float at any address.
static inline float load(const char *address) {
  float value;
  memcpy(&value, address, sizeof value);
  return value;
}

// Eight running sums let the compiler use whatever vectors the target has without reordering additions.
#define DEFINE_PORTABLE(name, term)                                                                         \
  void name(const float *query, const char *rows, size_t count, size_t dimension, float *scores) {          \
    for (size_t i = 0; i < count; i++, rows += dimension * sizeof(float)) {                                 \
      float sums[8] = {0};                                                                                  \
      size_t j = 0;                                                                                         \
      for (; j + 8 <= dimension; j += 8)                                                                    \
        for (size_t lane = 0; lane < 8; lane++) {                                                           \
          const float x = query[j + lane], y = load(rows + (j + lane) * sizeof(float));                     \
          sums[lane] += term;                                                                               \
        }                                                                                                   \
      for (size_t lane = 0; j < dimension; j++, lane++) {                                                   \
        const float x = query[j], y = load(rows + j * sizeof(float));                                       \
        sums[lane] += term;                                                                                 \
      }                                                                                                     \
      scores[i] = ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));\
    }                                                                                                       \
  }

DEFINE_PORTABLE(cscan_portable_squared_l2, (x - y) * (x - y))
DEFINE_PORTABLE(cscan_portable_inner_product, x *y)
