// Linear layers with seven multiplications of half the size instead of eight, for the lanes defined before:
// Strassen's method in the form of Winograd. Source: Strassen, "Gaussian elimination is not optimal", Numerische
// Mathematik 13, 1969.
//
// Rows and columns are halved in small blocks: 2 × h rows, at most two tiles, by two panels. Of both factors the
// seven sums are made beforehand. The products of a block follow one another in one order, in which the parts of
// either factor lie in memory; what is added to a product is added while it is still in registers.

/// The seven left factors from the quarters of an input.
INLINE void split_rows(lanes a11, lanes a12, lanes a21, lanes a22, float *parts, size_t size) {
  const lanes low = add(a21, a22), rest = subtract(low, a11);
  store(parts, a11);
  store(parts + size, a12);
  store(parts + 2 * size, rest);
  store(parts + 3 * size, low);
  store(parts + 4 * size, subtract(a12, rest));
  store(parts + 5 * size, subtract(a11, a21));
  store(parts + 6 * size, a22);
}

/// The seven right factors from the quarters of the weights.
INLINE void split_columns(lanes b11, lanes b12, lanes b21, lanes b22, float *parts, size_t size) {
  const lanes top = subtract(b12, b11), rest = subtract(b22, top);
  store(parts, b11);
  store(parts + size, b21);
  store(parts + 2 * size, rest);
  store(parts + 3 * size, top);
  store(parts + 4 * size, b22);
  store(parts + 5 * size, subtract(b22, b12));
  store(parts + 6 * size, subtract(b21, rest));
}

static void split_weights(const cminilm_layer *layer, float *parts) {
  // Depth by depth, so that half a panel is half the depth.
  const size_t half = layer->depth / 2 * CMINILM_PANEL;
  const float *left = layer->panels;
  for (size_t column = 0; column < layer->columns; column += 2 * CMINILM_PANEL) {
    const float *right = left + 2 * half;
    for (size_t i = 0; i < half; i += WIDTH)
      split_columns(load(left + i), load(right + i), load(left + half + i), load(right + half + i), parts + i, half);
    left += 4 * half;
    parts += 7 * half;
  }
}

/// The height of the next block's halves when `left` rows are left.
INLINE size_t next_half(size_t left) { return next_block((left + 1) / 2, ROWS); }

static void split_input(const float *input, size_t rows, size_t depth, float *parts) {
  const size_t half = depth / 2;
  for (size_t row = 0, height; row < rows; row += 2 * height) {
    height = next_half(rows - row);
    for (size_t r = 0; r < height; r++, input += depth) {
      const float *lower = input + height * depth;
      // Only the last row of all has no partner.
      const bool is_alone = row + height + r >= rows;
      for (size_t d = 0; d < half; d += WIDTH)
        split_rows(load(input + d), load(input + half + d), is_alone ? all(0) : load(lower + d),
                   is_alone ? all(0) : load(lower + half + d), parts + r * half + d, height * half);
    }
    input += height * depth;
    parts += 7 * height * half;
  }
}

/// What becomes of a product: up to two steps, and the quarter of the output that it completes.
typedef struct {
  /// Numbers of the sums in between, or none.
  struct {
    int add, store;
  } own[2];
  size_t count;
  int quarter;
} destiny;

enum { NONE = -1, UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT };

static const destiny destinies[7] = {
    {{{NONE, 0}}, 1, NONE},
    {{{0, NONE}}, 1, UPPER_LEFT},
    {{{0, 1}}, 1, NONE},
    {{{NONE, 2}, {1, 0}}, 2, NONE},
    {{{0, NONE}}, 1, UPPER_RIGHT},
    {{{1, 1}, {2, NONE}}, 2, LOWER_RIGHT},
    {{{1, NONE}}, 1, LOWER_LEFT},
};

/// Computes a block of `height` rows and as many or one fewer below, and of two panels.
///
/// `t` has the first factors of either side; `ends` are the last steps of each quarter, `end_count` of them.
static void multiply_block(tile t, size_t height, const step ends[4][2], size_t end_count, bool gelu) {
  float between[3][ROWS * CMINILM_PANEL];
  for (const destiny *d = destinies; d < destinies + 7; d++) {
    step steps[4];
    t.count = 0;
    for (size_t i = 0; i < d->count; i++) {
      const int add = d->own[i].add, store = d->own[i].store;
      steps[t.count++] = (step){.add = add == NONE ? NULL : between[add],
                                .add_stride = CMINILM_PANEL,
                                .store = store == NONE ? NULL : between[store],
                                .store_stride = CMINILM_PANEL,
                                .rows = height};
    }
    if (d->quarter != NONE)
      for (size_t i = 0; i < end_count; i++) steps[t.count++] = ends[d->quarter][i];
    t.steps = steps;
    t.gelu = gelu && d->quarter != NONE;
    compute_panel(t, height);
    t.a += height * t.depth;
    t.b += CMINILM_PANEL * t.depth;
    t.ahead += CMINILM_PANEL * sizeof(float) * t.depth;
  }
}

static void apply_split(const cminilm_layer *layer, const float *weights, const float *input, size_t rows,
                        cminilm_epilogue epilogue, const float *residual, float *output) {
  const size_t half = layer->depth / 2, columns = layer->columns;
  if (epilogue != CMINILM_RESIDUAL) residual = NULL;
  // Each block of rows asks for its share of the next weights.
  const size_t blocks = (rows + 2 * ROWS - 1) / (2 * ROWS);
  const size_t ahead_step = CMINILM_PANEL * sizeof(float) / blocks;
  for (size_t column = 0; column < columns; column += 2 * CMINILM_PANEL) {
    const float *parts = input, *next = weights + 7 * CMINILM_PANEL * half;
    const char *ahead = (const char *)next;
    for (size_t row = 0, height; row < rows; row += 2 * height) {
      height = next_half(rows - row);
      step ends[4][2];
      size_t count = 0;
      for (size_t quarter = 0; quarter < 4; quarter++) {
        const size_t first = row + quarter / 2 * height, panel = column + quarter % 2 * CMINILM_PANEL;
        const size_t place = first * columns + panel;
        count = add_epilogue(ends[quarter], rows - first < height ? rows - first : height, layer->bias + panel,
                             residual ? residual + place : NULL, output + place, columns);
      }
      multiply_block((tile){.a = parts,
                            .a_stride = half,
                            .b = weights,
                            .b_stride = CMINILM_PANEL,
                            .depth = half,
                            .ahead = ahead,
                            .ahead_step = ahead_step},
                     height, ends, count, epilogue == CMINILM_GELU);
      parts += 7 * height * half;
      ahead += ahead_step * half;
    }
    weights = next;
  }
}
