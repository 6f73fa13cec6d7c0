#include "CMiniLM.h"
#include "Kernels.h"
#include <string.h>

bool cminilm_supports(cminilm_isa isa) {
  switch (isa) {
  case CMINILM_PORTABLE:
    return true;
#if defined(__x86_64__)
  case CMINILM_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case CMINILM_AVX512:
    return cminilm_supports(CMINILM_AVX2) && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  case CMINILM_BFLOAT16:
    return cminilm_supports(CMINILM_AVX512) && __builtin_cpu_supports("avx512bf16");
#endif
  default:
    return false;
  }
}

cminilm_isa cminilm_best(void) {
  if (cminilm_supports(CMINILM_AVX512)) return CMINILM_AVX512;
  return cminilm_supports(CMINILM_AVX2) ? CMINILM_AVX2 : CMINILM_PORTABLE;
}

const char *cminilm_name(cminilm_isa isa) {
  switch (isa) {
  case CMINILM_AVX2:
    return "avx2";
  case CMINILM_AVX512:
    return "avx512";
  case CMINILM_BFLOAT16:
    return "bfloat16";
  default:
    return "portable";
  }
}

static const cminilm_kernels *kernels_of(cminilm_isa isa) {
  switch (isa) {
#if defined(__x86_64__)
  case CMINILM_AVX2:
    return &cminilm_avx2;
  case CMINILM_AVX512:
  case CMINILM_BFLOAT16:
    return &cminilm_avx512;
#endif
  default:
    return &cminilm_portable;
  }
}

void cminilm_apply(cminilm_isa isa, const cminilm_layer *layer, const void *input, size_t rows,
                   size_t first_panel, size_t end_panel, cminilm_epilogue epilogue, const float *residual,
                   float *output) {
#if defined(__x86_64__)
  if (isa == CMINILM_BFLOAT16) {
    cminilm_bfloat16_apply(layer, input, rows, first_panel, end_panel, epilogue, residual, output);
    return;
  }
#endif
  kernels_of(isa)->apply(layer, input, rows, first_panel, end_panel, epilogue, residual, output);
}

bool cminilm_can_split(cminilm_isa isa, size_t columns, size_t depth) {
  return isa != CMINILM_BFLOAT16 && columns % (2 * CMINILM_PANEL) == 0 && depth % 32 == 0;
}

size_t cminilm_split_bytes(size_t rows, size_t depth) {
  return (rows + 1) / 2 * 7 * (depth / 2) * sizeof(float);
}

void cminilm_split_weights(cminilm_isa isa, const cminilm_layer *layer, float *parts) {
  kernels_of(isa)->split_weights(layer, parts);
}

void cminilm_split_input(cminilm_isa isa, const float *input, size_t rows, size_t depth, float *parts) {
  kernels_of(isa)->split_input(input, rows, depth, parts);
}

void cminilm_apply_split(cminilm_isa isa, const cminilm_layer *layer, const float *weights, const float *input,
                         size_t rows, cminilm_epilogue epilogue, const float *residual, float *output) {
  kernels_of(isa)->apply_split(layer, weights, input, rows, epilogue, residual, output);
}

void cminilm_normalize(cminilm_isa isa, const float *input, size_t rows, size_t width, const float *scale,
                       const float *shift, float *output) {
  kernels_of(isa)->normalize(input, rows, width, scale, shift, output);
}

void cminilm_attend(cminilm_isa isa, const float *qkv, size_t tokens, size_t heads, size_t first_head,
                    size_t end_head, float *scratch, float *output) {
  kernels_of(isa)->attend(qkv, tokens, heads, first_head, end_head, scratch, output);
}

void cminilm_pool(cminilm_isa isa, const float *input, size_t tokens, size_t width, float *output) {
  kernels_of(isa)->pool(input, tokens, width, output);
}

void cminilm_round(const float *values, size_t count, uint16_t *rounded) {
#if defined(__x86_64__)
  cminilm_bfloat16_round(values, count, rounded);
#endif
}

size_t cminilm_attend_scratch(size_t tokens) {
  const size_t padded = (tokens + CMINILM_PANEL - 1) / CMINILM_PANEL * CMINILM_PANEL;
  return padded * (CMINILM_HEAD + CMINILM_MAX_ROWS);
}

size_t cminilm_packed_bytes(cminilm_isa isa, size_t columns, size_t depth) {
  return columns * depth * (isa == CMINILM_BFLOAT16 ? sizeof(uint16_t) : sizeof(float));
}

/// To the nearest, ties to even, as the processor rounds the inputs.
static uint16_t rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

void cminilm_pack(cminilm_isa isa, const float *weights, size_t columns, size_t depth, void *panels) {
  for (size_t first = 0; first < columns; first += CMINILM_PANEL) {
    const float *rows = weights + first * depth;
    if (isa == CMINILM_BFLOAT16) {
      // Pairs of neighbours in depth lie together.
      uint16_t *panel = (uint16_t *)panels + first * depth;
      for (size_t d = 0; d < depth; d++)
        for (size_t c = 0; c < CMINILM_PANEL; c++)
          panel[(d / 2 * CMINILM_PANEL + c) * 2 + d % 2] = rounded(rows[c * depth + d]);
    } else {
      float *panel = (float *)panels + first * depth;
      for (size_t d = 0; d < depth; d++)
        for (size_t c = 0; c < CMINILM_PANEL; c++) panel[d * CMINILM_PANEL + c] = rows[c * depth + d];
    }
  }
}

void cminilm_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
