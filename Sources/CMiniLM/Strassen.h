// Linear layers with seven multiplications of half the size instead of eight, for the lanes defined before.
// Source: Strassen, "Gaussian elimination is not optimal", Numerische Mathematik 13, 1969, in Winograd's form.
//
// Rows and columns are halved in small blocks: two tiles by two panels. The seven factors of either side are made
// beforehand and lie in memory in the order in which a block's products use them. What is added to a product is
// added while it is still in registers. Two levels measured no faster than one.

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
      split_columns(load(left + i), load(right + i), load(left + half + i), load(right + half + i), parts + i,
                    half);
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

/// What a block of the output is made of, for 2 × WIDTH columns of either panel.
typedef struct {
  /// The first factors of either side.
  tile factors;
  const float *bias;
  /// NULL: none.
  const float *residual;
  float *output;
  /// Of `residual` and `output`.
  size_t stride;
  /// Rows of the output from the block's first on, of this block and of those after it.
  size_t rows;
  bool gelu;
} block;

/// A sum that several products of a block go into.
typedef float between[ROWS][2 * WIDTH];

INLINE void add_between(lanes sums[ROWS][2], const int rows, between from) {
  UNROLL for (int r = 0; r < rows; r++) {
    sums[r][0] = add(sums[r][0], load(from[r]));
    sums[r][1] = add(sums[r][1], load(from[r] + WIDTH));
  }
}

INLINE void store_between(lanes sums[ROWS][2], const int rows, between to) {
  UNROLL for (int r = 0; r < rows; r++) {
    store(to[r], sums[r][0]);
    store(to[r] + WIDTH, sums[r][1]);
  }
}

/// Adds the product of a depth that is a constant here: rows are then addressed without arithmetic.
INLINE void add_product_of(lanes sums[ROWS][2], const int rows, tile t, const size_t depth) {
  t.depth = t.a_stride = depth;
  t.b_stride = CMINILM_PANEL;
  add_product(sums, rows, &t);
}

/// Computes the next product of the block.
INLINE void next_product(lanes sums[ROWS][2], const int rows, tile *factors) {
  UNROLL for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = all(0);
  // Half of what MiniLM's layers read; one per cent faster than any depth.
  if (factors->depth == 192) {
    add_product_of(sums, rows, *factors, 192);
  } else if (factors->depth == 768) {
    add_product_of(sums, rows, *factors, 768);
  } else {
    add_product(sums, rows, factors);
  }
  factors->a += rows * factors->depth;
  factors->b += CMINILM_PANEL * factors->depth;
  factors->ahead += factors->depth * factors->ahead_step;
}

/// The first number of a quarter of the output; of the lower ones `is_lower`.
INLINE size_t quarter(const block *t, const int rows, bool is_lower, bool is_right) {
  return (is_lower ? rows * t->stride : 0) + (is_right ? CMINILM_PANEL : 0);
}

INLINE void ask_for_quarter(const block *t, const int rows, bool is_lower, bool is_right) {
  ask_for(t->output + quarter(t, rows, is_lower, is_right), t->stride, rows);
}

/// Ends a quarter of the output.
INLINE void finish(lanes sums[ROWS][2], const int rows, const block *t, bool is_lower, bool is_right) {
  const size_t place = quarter(t, rows, is_lower, is_right), stride = t->stride;
  // The last row of all may have no partner.
  const int present = is_lower && t->rows < 2 * (size_t)rows ? (int)t->rows - rows : rows;
  const float *bias = t->bias + (is_right ? CMINILM_PANEL : 0);
  const lanes left = load(bias), right = load(bias + WIDTH);
  UNROLL for (int r = 0; r < rows; r++) {
    sums[r][0] = add(sums[r][0], left);
    sums[r][1] = add(sums[r][1], right);
  }
  if (t->residual) {
    const float *residual = t->residual + place;
    UNROLL for (int r = 0; r < rows; r++) {
      if (r == rows - 1 && present < rows) break;
      sums[r][0] = add(sums[r][0], load(residual + r * stride));
      sums[r][1] = add(sums[r][1], load(residual + r * stride + WIDTH));
    }
  }
  float *output = t->output + place;
  UNROLL for (int r = 0; r < rows; r++) {
    if (r == rows - 1 && present < rows) break;
    store(output + r * stride, sums[r][0]);
    store(output + r * stride + WIDTH, sums[r][1]);
  }
  // From memory, because GELU needs the registers that the sums are in.
  if (t->gelu)
    for (int r = 0; r < present; r++, output += stride) {
      store(output, gelu(load(output)));
      store(output + WIDTH, gelu(load(output + WIDTH)));
    }
}

/// Computes a block of `rows` rows and as many or one fewer below. All in one piece, which measured a little
/// faster than a tile for each product with a list of what becomes of it.
INLINE void compute_block(const block *t, const int rows) {
  tile factors = t->factors;
  lanes sums[ROWS][2];
  between x, y, z;
  next_product(sums, rows, &factors);
  store_between(sums, rows, x);
  ask_for_quarter(t, rows, false, false);
  next_product(sums, rows, &factors);
  add_between(sums, rows, x);
  finish(sums, rows, t, false, false);
  next_product(sums, rows, &factors);
  add_between(sums, rows, x);
  store_between(sums, rows, y);
  next_product(sums, rows, &factors);
  store_between(sums, rows, z);
  add_between(sums, rows, y);
  store_between(sums, rows, x);
  ask_for_quarter(t, rows, false, true);
  next_product(sums, rows, &factors);
  add_between(sums, rows, x);
  finish(sums, rows, t, false, true);
  ask_for_quarter(t, rows, true, true);
  next_product(sums, rows, &factors);
  add_between(sums, rows, y);
  store_between(sums, rows, y);
  add_between(sums, rows, z);
  finish(sums, rows, t, true, true);
  ask_for_quarter(t, rows, true, false);
  next_product(sums, rows, &factors);
  add_between(sums, rows, y);
  finish(sums, rows, t, true, false);
}

#define DEFINE_BLOCK(rows)                                                                                   \
  static __attribute__((noinline)) void block_##rows(const block *t) { compute_block(t, rows); }
DEFINE_BLOCK(1)
DEFINE_BLOCK(2)
DEFINE_BLOCK(3)
DEFINE_BLOCK(4)
DEFINE_BLOCK(5)
DEFINE_BLOCK(6)
#if ROWS > 6
DEFINE_BLOCK(7)
DEFINE_BLOCK(8)
DEFINE_BLOCK(9)
DEFINE_BLOCK(10)
DEFINE_BLOCK(11)
DEFINE_BLOCK(12)
DEFINE_BLOCK(13)
DEFINE_BLOCK(14)
#endif

static void (*const blocks[])(const block *) = {
    NULL,    block_1, block_2, block_3,  block_4,  block_5,  block_6,
#if ROWS > 6
    block_7, block_8, block_9, block_10, block_11, block_12, block_13, block_14,
#endif
};

static void apply_split(const cminilm_layer *layer, const float *weights, const float *input, size_t rows,
                        cminilm_epilogue epilogue, const float *residual, float *output) {
  const size_t half = layer->depth / 2, columns = layer->columns;
  // Each block of rows asks for its share of the next weights.
  const size_t ahead_step = CMINILM_PANEL * sizeof(float) * 2 * ROWS / (rows + 2 * ROWS - 1);
  for (size_t column = 0; column < columns; column += 2 * CMINILM_PANEL) {
    const float *parts = input, *next = weights + 7 * CMINILM_PANEL * half;
    const char *ahead = (const char *)next;
    for (size_t row = 0, height; row < rows; row += 2 * height) {
      height = next_half(rows - row);
      for (size_t i = 0; i < CMINILM_PANEL; i += 2 * WIDTH) {
        const size_t place = row * columns + column + i;
        blocks[height](&(block){.factors = {.a = parts,
                                            .a_stride = half,
                                            .b = weights + i,
                                            .b_stride = CMINILM_PANEL,
                                            .depth = half,
                                            .ahead = ahead,
                                            .ahead_step = ahead_step},
                                .bias = layer->bias + column + i,
                                .residual = epilogue == CMINILM_RESIDUAL ? residual + place : NULL,
                                .output = output + place,
                                .stride = columns,
                                .rows = rows - row,
                                .gelu = epilogue == CMINILM_GELU});
      }
      parts += 7 * height * half;
      ahead += 7 * half * ahead_step;
    }
    weights = next;
  }
}
