// Linear layers and, through the same tiles, the two products of attention; for the lanes defined before.

/// What a tile multiplies: `a` row by row with a stride, `b` depth by depth with a stride, 2 × WIDTH columns.
typedef struct {
  const float *a;
  size_t a_stride;
  const float *b;
  size_t b_stride;
  size_t depth;
  /// NULL: no bias.
  const float *bias;
  const float *residual;
  float *output;
  size_t output_stride;
  /// What will be needed soon, and how many bytes of it to ask for per depth.
  const char *ahead;
  size_t ahead_step;
  /// Whether sums go on from what `output` holds.
  bool continues;
  cminilm_epilogue epilogue;
} tile;

/// Asks for the place of a tile early, or its stores will wait for memory.
INLINE void ask_for(const float *place, size_t stride, const int rows) {
  UNROLL for (int r = 0; r < rows; r++) {
    __builtin_prefetch(place + r * stride, 1);
    __builtin_prefetch(place + r * stride + WIDTH, 1);
  }
}

/// Adds the product of a tile to its sums. They stay in registers, so `rows` must be a constant here.
INLINE void add_product(lanes sums[ROWS][2], const int rows, const tile *t) {
  const float *a = t->a, *b = t->b;
  const size_t a_stride = t->a_stride, b_stride = t->b_stride, depth = t->depth, ahead_step = t->ahead_step;
  const char *ahead = t->ahead;
  for (size_t d = 0; d < depth; d++, b += b_stride, ahead += ahead_step) {
    // Without the first two the narrower vectors wait for the second-level cache a third of the time; without
    // the others the first rows of every panel, which are all that a short query has, wait for memory.
    __builtin_prefetch(b + 8 * b_stride);
    __builtin_prefetch(b + 8 * b_stride + WIDTH);
    __builtin_prefetch(ahead, 0, 2);
    __builtin_prefetch(ahead + 64, 0, 2);
    const lanes left = load(b), right = load(b + WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      const lanes x = all(a[r * a_stride + d]);
      sums[r][0] = fused(x, left, sums[r][0]);
      sums[r][1] = fused(x, right, sums[r][1]);
    }
  }
}

INLINE void compute_tile(const tile *t, const int rows) {
  lanes sums[ROWS][2];
  float *output = t->output;
  const size_t stride = t->output_stride;
  if (t->continues) {
    UNROLL for (int r = 0; r < rows; r++) {
      sums[r][0] = load(output + r * stride);
      sums[r][1] = load(output + r * stride + WIDTH);
    }
  } else {
    UNROLL for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = all(0);
  }
  ask_for(output, stride, rows);
  add_product(sums, rows, t);
  if (t->bias) {
    const lanes left = load(t->bias), right = load(t->bias + WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      sums[r][0] = add(sums[r][0], left);
      sums[r][1] = add(sums[r][1], right);
    }
  }
  if (t->epilogue == CMINILM_RESIDUAL) {
    UNROLL for (int r = 0; r < rows; r++) {
      sums[r][0] = add(sums[r][0], load(t->residual + r * stride));
      sums[r][1] = add(sums[r][1], load(t->residual + r * stride + WIDTH));
    }
  }
  UNROLL for (int r = 0; r < rows; r++) {
    store(output + r * stride, sums[r][0]);
    store(output + r * stride + WIDTH, sums[r][1]);
  }
  // From memory, because GELU needs the registers that the sums are in.
  if (t->epilogue == CMINILM_GELU)
    for (int r = 0; r < rows; r++, output += stride) {
      store(output, gelu(load(output)));
      store(output + WIDTH, gelu(load(output + WIDTH)));
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
#if ROWS > 6
DEFINE_TILE(7)
DEFINE_TILE(8)
DEFINE_TILE(9)
DEFINE_TILE(10)
DEFINE_TILE(11)
DEFINE_TILE(12)
DEFINE_TILE(13)
DEFINE_TILE(14)
#endif

static void (*const tiles[])(const tile *) = {
    NULL,   tile_1, tile_2, tile_3, tile_4, tile_5, tile_6,
#if ROWS > 6
    tile_7, tile_8, tile_9, tile_10, tile_11, tile_12, tile_13, tile_14,
#endif
};

/// As many tiles side by side as a panel of 32 columns takes.
static void compute_panel(tile t, size_t rows) {
  for (size_t column = 0; column < CMINILM_PANEL; column += 2 * WIDTH) {
    tiles[rows](&t);
    t.b += 2 * WIDTH;
    t.output += 2 * WIDTH;
    t.ahead += t.depth * t.ahead_step;
    if (t.bias) t.bias += 2 * WIDTH;
    if (t.residual) t.residual += 2 * WIDTH;
  }
}

/// Depth that is gone through at a time: a panel's part then stays in the first-level cache while the rows
/// pass by, and the input's part in the second-level cache while the panels do.
#define DEPTH 384

static void apply(const cminilm_layer *layer, const void *input, size_t rows, size_t first_panel,
                  size_t end_panel, cminilm_epilogue epilogue, const float *residual, float *output) {
  const size_t depth = layer->depth, columns = layer->columns;
  // Each tile asks for its share of the next panel.
  const size_t ahead_step = 2 * WIDTH * sizeof(float) / ((rows + ROWS - 1) / ROWS);
  for (size_t first = 0; first < depth; first += DEPTH) {
    const bool is_last = depth - first <= DEPTH;
    const size_t steps = is_last ? depth - first : DEPTH;
    for (size_t panel = first_panel; panel < end_panel; panel++) {
      const size_t column = panel * CMINILM_PANEL;
      const float *panels = (const float *)layer->panels + column * depth + first * CMINILM_PANEL;
      const char *ahead = (const char *)(panels + CMINILM_PANEL * depth);
      for (size_t row = 0, block; row < rows; row += block) {
        block = next_block(rows - row, ROWS);
        const size_t place = row * columns + column;
        compute_panel((tile){.a = (const float *)input + row * depth + first,
                             .a_stride = depth,
                             .b = panels,
                             .b_stride = CMINILM_PANEL,
                             .depth = steps,
                             .bias = is_last ? layer->bias + column : NULL,
                             .residual = is_last && epilogue == CMINILM_RESIDUAL ? residual + place : NULL,
                             .output = output + place,
                             .output_stride = columns,
                             .ahead = ahead,
                             .ahead_step = ahead_step,
                             .continues = first > 0,
                             .epilogue = is_last ? epilogue : CMINILM_PLAIN},
                      block);
        ahead += CMINILM_PANEL / (2 * WIDTH) * steps * ahead_step;
      }
    }
  }
}
