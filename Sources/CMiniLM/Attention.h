// Self-attention, on the tiles of Linear.h.

/// Writes the exponentials of a row of scores in place; returns their sum.
///
/// `padded` is `tokens` rounded up to whole panels.
static float exponentiate(float *scores, size_t tokens, size_t padded) {
  for (size_t t = tokens; t < padded; t++) scores[t] = -1e30f;
  lanes top = all(-1e30f);
  for (size_t t = 0; t < padded; t += WIDTH) top = larger(top, load(scores + t));
  // e^x is 2^(x log2 e): log2 e / √32 takes the temperature and the change of base at once.
  const float factor = 0.25503486171f;
  const lanes slope = all(-factor), shift = all(maximum(top) * factor);
  lanes total = all(0);
  for (size_t t = 0; t < padded; t += WIDTH) {
    const lanes e = inverse_power_of_two(fused(load(scores + t), slope, shift));
    store(scores + t, e);
    total = add(total, e);
  }
  return sum(total);
}

/// Lays the keys of a head out as `cminilm_pack` lays out weights; absent keys are zero.
static void pack_keys(const float *keys, size_t stride, size_t tokens, size_t padded, float *panels) {
  for (size_t t = 0; t < padded; t += CMINILM_PANEL, panels += CMINILM_PANEL * CMINILM_HEAD)
    // Depth by depth, so that what is written lies together and what is read stays in the first-level cache.
    for (size_t d = 0; d < CMINILM_HEAD; d++)
      for (size_t i = 0; i < CMINILM_PANEL; i++)
        panels[d * CMINILM_PANEL + i] = t + i < tokens ? keys[(t + i) * stride + d] : 0;
}

static void attend(const float *qkv, size_t tokens, size_t heads, size_t first_head, size_t end_head,
                   float *scratch, float *output) {
  const size_t padded = (tokens + CMINILM_PANEL - 1) / CMINILM_PANEL * CMINILM_PANEL;
  const size_t width = heads * CMINILM_HEAD, stride = 3 * width;
  float *panels = scratch, *scores = scratch + padded * CMINILM_HEAD;
  for (size_t head = first_head; head < end_head; head++) {
    const float *queries = qkv + head * CMINILM_HEAD, *keys = queries + width, *values = keys + width;
    pack_keys(keys, stride, tokens, padded, panels);
    for (size_t row = 0, block; row < tokens; row += block) {
      block = next_block(tokens - row, ROWS);
      for (size_t t = 0; t < padded; t += CMINILM_PANEL)
        compute_panel((tile){.a = queries + row * stride,
                             .a_stride = stride,
                             .b = panels + t * CMINILM_HEAD,
                             .b_stride = CMINILM_PANEL,
                             .depth = CMINILM_HEAD,
                             .output = scores + t,
                             .output_stride = padded,
                             .ahead = (const char *)(panels + t * CMINILM_HEAD)},
                      block);
      float totals[ROWS];
      for (size_t r = 0; r < block; r++) totals[r] = exponentiate(scores + r * padded, tokens, padded);
      float *context = output + row * width + head * CMINILM_HEAD;
      compute_panel((tile){.a = scores,
                           .a_stride = padded,
                           .b = values,
                           .b_stride = stride,
                           .depth = tokens,
                           .output = context,
                           .output_stride = width,
                           .ahead = (const char *)values},
                    block);
      for (size_t r = 0; r < block; r++) {
        const lanes inverse = all(1 / totals[r]);
        for (size_t d = 0; d < CMINILM_HEAD; d += WIDTH)
          store(context + r * width + d, multiply(load(context + r * width + d), inverse));
      }
    }
  }
}
