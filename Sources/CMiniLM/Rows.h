// What is done row by row: layer normalisation and mean pooling.

static void normalize(const float *input, size_t rows, size_t width, const float *scale, const float *shift,
                      float *output) {
  for (size_t r = 0; r < rows; r++, input += width, output += width) {
    lanes a = all(0), b = all(0);
    for (size_t i = 0; i < width; i += 2 * WIDTH) {
      a = add(a, load(input + i));
      b = add(b, load(input + i + WIDTH));
    }
    const lanes mean = all(sum(add(a, b)) / (float)width);
    a = b = all(0);
    for (size_t i = 0; i < width; i += 2 * WIDTH) {
      const lanes x = subtract(load(input + i), mean), y = subtract(load(input + i + WIDTH), mean);
      a = fused(x, x, a);
      b = fused(y, y, b);
    }
    const lanes factor = all(1 / sqrtf(sum(add(a, b)) / (float)width + 1e-12f));
    for (size_t i = 0; i < width; i += WIDTH) {
      const lanes x = multiply(subtract(load(input + i), mean), factor);
      store(output + i, fused(x, load(scale + i), load(shift + i)));
    }
  }
}

static void pool(const float *input, size_t tokens, size_t width, float *output) {
  lanes squares = all(0);
  for (size_t i = 0; i < width; i += WIDTH) {
    lanes total = all(0);
    for (size_t t = 0; t < tokens; t++) total = add(total, load(input + t * width + i));
    const lanes mean = multiply(total, all(1 / (float)tokens));
    store(output + i, mean);
    squares = fused(mean, mean, squares);
  }
  // PyTorch's floor for norms, so that a zero vector stays one.
  const lanes factor = all(1 / fmaxf(sqrtf(sum(squares)), 1e-12f));
  for (size_t i = 0; i < width; i += WIDTH) store(output + i, multiply(load(output + i), factor));
}
