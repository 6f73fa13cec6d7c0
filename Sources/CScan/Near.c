#include "PanelKernels.h"

// Section 7 of the proof: more than these tests themselves round, and than numbers near to nothing lose.
#define SLACK 0x1p-20f
#define LEAST 0x1p-110f

/// The row that eight others are held against.
typedef struct {
  float size, scale, error, limit, relative;
} cscan_near_row;

#define CSCAN_ALWAYS_INLINE static inline __attribute__((always_inline))

typedef float floats __attribute__((vector_size(32)));
typedef int32_t integers __attribute__((vector_size(32)));

/// Eight rows of the other panel.
typedef struct {
  integers products;
  floats sizes, scales, errors, limits;
} eight_rows;

CSCAN_ALWAYS_INLINE void near_l2(const cscan_near_row *a, const eight_rows *b, integers *are) {
  const floats products = __builtin_convertvector(b->products, floats);
  const floats wanted = __builtin_elementwise_max(b->limits, a->limit + (floats){0});
  const floats reach = wanted + (b->errors + a->error);
  const floats least = (b->sizes + a->size) * (1 - SLACK) - 2 * a->scale * (b->scales * products);
  // NaN is near: nothing is known of such a row.
  *are = (wanted >= 0) & ~(least > reach * reach * (1 + SLACK) + LEAST);
}

CSCAN_ALWAYS_INLINE void near_ip(const cscan_near_row *a, const eight_rows *b, integers *are) {
  const floats products = __builtin_convertvector(b->products, floats);
  const floats wanted = __builtin_elementwise_min(b->limits, a->limit + (floats){0});
  const floats width = b->errors * a->size + b->sizes * (a->error + a->relative * a->size);
  const floats most = a->scale * (b->scales * products) + width * (1 + SLACK) + LEAST;
  *are = ~(most < wanted);
}

#define DEFINE_NEAR(attributes, name, test)                                                                 \
  attributes static size_t name(const int32_t *products, const cscan_near_row *a, cscan_panel_rows rows,    \
                                size_t count, uint32_t *near) {                                             \
    size_t found = 0;                                                                                       \
    for (size_t j = 0; j < count; j += 8) {                                                                 \
      eight_rows b;                                                                                         \
      integers are;                                                                                         \
      memcpy(&b.products, products + j, sizeof b.products);                                                 \
      memcpy(&b.sizes, rows.sizes + j, sizeof b.sizes);                                                     \
      memcpy(&b.scales, rows.scales + j, sizeof b.scales);                                                  \
      memcpy(&b.errors, rows.errors + j, sizeof b.errors);                                                  \
      memcpy(&b.limits, rows.limits + j, sizeof b.limits);                                                  \
      test(a, &b, &are);                                                                                    \
      if (!__builtin_reduce_or(are)) continue;                                                              \
      const size_t n = count - j < 8 ? count - j : 8;                                                       \
      for (size_t lane = 0; lane < n; lane++)                                                               \
        if (are[lane]) near[found++] = (uint32_t)(j + lane);                                                \
    }                                                                                                       \
    return found;                                                                                           \
  }

DEFINE_NEAR(, portable_near_l2, near_l2)
DEFINE_NEAR(, portable_near_ip, near_ip)
#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
DEFINE_NEAR(AVX2, avx2_near_l2, near_l2)
DEFINE_NEAR(AVX2, avx2_near_ip, near_ip)
#else
#define avx2_near_l2 portable_near_l2
#define avx2_near_ip portable_near_ip
#endif

static cscan_near_row row_of(cscan_panel_rows rows, size_t i, double relative) {
  return (cscan_near_row){rows.sizes[i], rows.scales[i], rows.errors[i], rows.limits[i],
                          (float)relative + SLACK};
}

size_t cscan_near_squared_l2(cscan_path path, const int32_t *products, cscan_panel_rows a, size_t i,
                             cscan_panel_rows b, size_t count, uint32_t *near) {
  const cscan_near_row row = row_of(a, i, 0);
  return (path == CSCAN_PORTABLE ? portable_near_l2 : avx2_near_l2)(products, &row, b, count, near);
}

size_t cscan_near_inner_product(cscan_path path, const int32_t *products, cscan_panel_rows a, size_t i,
                                cscan_panel_rows b, size_t count, double relative, uint32_t *near) {
  const cscan_near_row row = row_of(a, i, relative);
  return (path == CSCAN_PORTABLE ? portable_near_ip : avx2_near_ip)(products, &row, b, count, near);
}
