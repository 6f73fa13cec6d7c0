// Linear layers and, through the same tiles, the two products of attention; for the lanes defined before.

/// Something done with a tile's sums once they are complete.
typedef struct {
  /// Added to the sums, which keep it; NULL: nothing.
  const float *add;
  size_t add_stride;
  /// Where the sums are then written; NULL: nowhere.
  float *store;
  size_t store_stride;
  /// Rows of `add` and `store`: those of the tile or fewer.
  size_t rows;
} step;

/// What a tile multiplies: `a` row by row with a stride, `b` depth by depth with a stride, 2 × WIDTH columns.
typedef struct {
  const float *a;
  size_t a_stride;
  const float *b;
  size_t b_stride;
  size_t depth;
  /// One or more; the last one stores.
  const step *steps;
  size_t count;
  /// The column of the steps' pointers at which the tile begins.
  size_t column;
  /// What will be needed soon, and how many bytes of it to ask for per depth.
  const char *ahead;
  size_t ahead_step;
  /// Whether GELU is applied to what the last step stores.
  bool gelu;
} tile;

/// All sums of a tile stay in registers, so `rows` must be a constant where this is inlined.
INLINE void compute_tile(const tile *t, const int rows) {
  const step *const last = t->steps + t->count - 1;
  // Asked for now, or the stores will wait for memory.
  UNROLL for (int r = 0; r < rows; r++) {
    __builtin_prefetch(last->store + t->column + r * last->store_stride, 1);
    __builtin_prefetch(last->store + t->column + r * last->store_stride + WIDTH, 1);
  }
  lanes sums[ROWS][2];
  UNROLL for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = all(0);
  const float *a = t->a, *b = t->b;
  const size_t a_stride = t->a_stride, b_stride = t->b_stride, depth = t->depth, ahead_step = t->ahead_step;
  const char *ahead = t->ahead;
  for (size_t d = 0; d < depth; d++, b += b_stride, ahead += ahead_step) {
    // Without the first one the narrower vectors wait for the second-level cache a third of the time; without
    // the others the first rows of every panel, which are all that a short query has, wait for memory.
    __builtin_prefetch(b + 8 * b_stride);
    __builtin_prefetch(ahead, 0, 2);
    __builtin_prefetch(ahead + 64, 0, 2);
    const lanes left = load(b), right = load(b + WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      const lanes x = all(a[r * a_stride + d]);
      sums[r][0] = fused(x, left, sums[r][0]);
      sums[r][1] = fused(x, right, sums[r][1]);
    }
  }
  for (const step *s = t->steps; s <= last; s++) {
    const float *from = s->add ? s->add + t->column : NULL;
    float *to = s->store ? s->store + t->column : NULL;
    // Twice, because comparing each row costs a few per cent.
    if (s->rows >= (size_t)rows) {
      if (from) {
        UNROLL for (int r = 0; r < rows; r++) {
          sums[r][0] = add(sums[r][0], load(from + r * s->add_stride));
          sums[r][1] = add(sums[r][1], load(from + r * s->add_stride + WIDTH));
        }
      }
      if (to) {
        UNROLL for (int r = 0; r < rows; r++) {
          store(to + r * s->store_stride, sums[r][0]);
          store(to + r * s->store_stride + WIDTH, sums[r][1]);
        }
      }
    } else {
      UNROLL for (int r = 0; r < rows; r++) {
        if ((size_t)r < s->rows) {
          if (from) {
            sums[r][0] = add(sums[r][0], load(from + r * s->add_stride));
            sums[r][1] = add(sums[r][1], load(from + r * s->add_stride + WIDTH));
          }
          if (to) {
            store(to + r * s->store_stride, sums[r][0]);
            store(to + r * s->store_stride + WIDTH, sums[r][1]);
          }
        }
      }
    }
  }
  // From memory, because GELU needs the registers that the sums are in.
  if (t->gelu) {
    float *output = last->store + t->column;
    for (size_t r = 0; r < (size_t)rows && r < last->rows; r++, output += last->store_stride) {
      store(output, gelu(load(output)));
      store(output + WIDTH, gelu(load(output + WIDTH)));
    }
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
  for (; t.column < CMINILM_PANEL; t.column += 2 * WIDTH, t.b += 2 * WIDTH) tiles[rows](&t);
}

/// Adds to `steps` those that end a product: bias, residual and the store in `output`; returns their number.
static size_t add_epilogue(step *steps, size_t rows, const float *bias, const float *residual, float *output,
                           size_t stride) {
  size_t count = 0;
  steps[count++] = (step){.add = bias, .rows = rows};
  if (residual) steps[count++] = (step){.add = residual, .add_stride = stride, .rows = rows};
  steps[count - 1].store = output;
  steps[count - 1].store_stride = stride;
  return count;
}

/// Depth that is gone through at a time: the input's part then stays in the second-level cache while the panels
/// pass by.
#define DEPTH 384

static void apply(const cminilm_layer *layer, const void *input, size_t rows, size_t first_panel,
                  size_t end_panel, cminilm_epilogue epilogue, const float *residual, float *output) {
  const size_t depth = layer->depth, columns = layer->columns;
  if (epilogue != CMINILM_RESIDUAL) residual = NULL;
  for (size_t first = 0; first < depth; first += DEPTH) {
    const bool is_last = depth - first <= DEPTH;
    for (size_t panel = first_panel; panel < end_panel; panel++) {
      const size_t column = panel * CMINILM_PANEL;
      const float *panels = (const float *)layer->panels + column * depth + first * CMINILM_PANEL;
      // Each block of rows asks for its share of the next panel.
      const char *next = (const char *)(panels + CMINILM_PANEL * depth);
      const size_t ahead_step = CMINILM_PANEL * sizeof(float) * ROWS / (rows + ROWS - 1);
      for (size_t row = 0, block; row < rows; row += block) {
        block = next_block(rows - row, ROWS);
        const size_t place = row * columns + column;
        step steps[2];
        size_t count = 1;
        if (first == 0)
          count = add_epilogue(steps, block, layer->bias + column, residual ? residual + place : NULL,
                               output + place, columns);
        else
          steps[0] = (step){output + place, columns, output + place, columns, block};
        compute_panel((tile){.a = (const float *)input + row * depth + first,
                             .a_stride = depth,
                             .b = panels,
                             .b_stride = CMINILM_PANEL,
                             .depth = is_last ? depth - first : DEPTH,
                             .steps = steps,
                             .count = count,
                             .ahead = next + row / ROWS * (ahead_step * DEPTH),
                             .ahead_step = ahead_step,
                             .gelu = is_last && epilogue == CMINILM_GELU},
                      block);
      }
    }
  }
}
