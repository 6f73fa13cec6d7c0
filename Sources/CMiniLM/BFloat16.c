#include "Kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma"))), \
                             apply_to = function)
#include "LanesAVX512.h"
#include "Math.h"

void cminilm_bfloat16_round(const float *values, size_t count, uint16_t *rounded) {
  for (size_t i = 0; i < count; i += 32) {
    const __m512bh pair = _mm512_cvtne2ps_pbh(load(values + i + 16), load(values + i));
    memcpy(rounded + i, &pair, sizeof pair);
  }
}

/// Two neighbours in depth, which the processor multiplies and adds at once, for a row.
INLINE __m512bh both(const uint16_t *p) {
  int32_t pair;
  memcpy(&pair, p, sizeof pair);
  return (__m512bh)_mm512_set1_epi32(pair);
}

INLINE __m512bh load_pairs(const uint16_t *p) { return (__m512bh)_mm512_loadu_si512(p); }

typedef struct {
  const uint16_t *input;
  const uint16_t *panel;
  size_t depth;
  const float *bias;
  const float *residual;
  float *output;
  size_t columns;
  cminilm_epilogue epilogue;
} tile;

/// All sums of a tile stay in registers, so `rows` must be a constant where this is inlined.
INLINE void compute_tile(const tile *t, const int rows) {
  lanes sums[ROWS][2];
  UNROLL for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = all(0);
  const uint16_t *input = t->input, *panel = t->panel;
  const size_t depth = t->depth;
  for (size_t d = 0; d < depth; d += 2, panel += 2 * CMINILM_PANEL) {
    const __m512bh left = load_pairs(panel), right = load_pairs(panel + 2 * WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      const __m512bh x = both(input + r * depth + d);
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], x, left);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], x, right);
    }
  }
  const lanes left = load(t->bias), right = load(t->bias + WIDTH);
  float *output = t->output;
  UNROLL for (int r = 0; r < rows; r++) {
    store(output + r * t->columns, add(sums[r][0], left));
    store(output + r * t->columns + WIDTH, add(sums[r][1], right));
  }
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < CMINILM_PANEL; i += WIDTH) {
      float *place = output + r * t->columns + i;
      if (t->epilogue == CMINILM_GELU) store(place, gelu(load(place)));
      if (t->epilogue == CMINILM_RESIDUAL)
        store(place, add(load(place), load(t->residual + r * t->columns + i)));
    }
}

#define DEFINE_TILE(rows)                                                                                    \
  static __attribute__((noinline)) void tile_##rows(const tile *t) { compute_tile(t, rows); }
DEFINE_TILE(1)
DEFINE_TILE(2)
DEFINE_TILE(3)
DEFINE_TILE(4)
DEFINE_TILE(5)
DEFINE_TILE(6)
DEFINE_TILE(7)
DEFINE_TILE(8)
DEFINE_TILE(9)
DEFINE_TILE(10)
DEFINE_TILE(11)
DEFINE_TILE(12)
DEFINE_TILE(13)
DEFINE_TILE(14)

static void (*const tiles[])(const tile *) = {
    NULL,   tile_1, tile_2, tile_3,  tile_4,  tile_5,  tile_6,  tile_7,
    tile_8, tile_9, tile_10, tile_11, tile_12, tile_13, tile_14,
};

void cminilm_bfloat16_apply(const cminilm_layer *layer, const void *input, size_t rows, size_t first_panel,
                            size_t end_panel, cminilm_epilogue epilogue, const float *residual, float *output) {
  const size_t depth = layer->depth, columns = layer->columns;
  for (size_t panel = first_panel; panel < end_panel; panel++) {
    const size_t column = panel * CMINILM_PANEL;
    for (size_t row = 0, block; row < rows; row += block) {
      block = next_block(rows - row, ROWS);
      const size_t place = row * columns + column;
      const tile t = {.input = (const uint16_t *)input + row * depth,
                      .panel = (const uint16_t *)layer->panels + column * depth,
                      .depth = depth,
                      .bias = layer->bias + column,
                      .residual = epilogue == CMINILM_RESIDUAL ? residual + place : NULL,
                      .output = output + place,
                      .columns = columns,
                      .epilogue = epilogue};
      tiles[block](&t);
    }
  }
}
#pragma clang attribute pop
#endif
