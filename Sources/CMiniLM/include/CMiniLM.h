#ifndef CMINILM_H
#define CMINILM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The arithmetic of a BERT encoder whose heads are 32 wide, such as all-MiniLM-L6-v2. Matrices are Float32,
// row-major and dense. Pointers need the alignment of their type only; 64 bytes are faster. Nothing here
// allocates, keeps a pointer or has state: every function may run on any number of threads at once, as long
// as no two write to the same place.

/// The instructions to compute with. Every function takes one that `cminilm_supports`.
typedef enum {
  CMINILM_PORTABLE,
  /// AVX2 and FMA.
  CMINILM_AVX2,
  /// AVX-512 F, BW, DQ and VL.
  CMINILM_AVX512,
  /// As CMINILM_AVX512, but weights and inputs of linear layers are rounded to bfloat16: faster, less exact.
  CMINILM_BFLOAT16,
} cminilm_isa;

/// Whether this processor has the instructions of `isa`.
bool cminilm_supports(cminilm_isa isa);

/// The fastest of the three in Float32.
cminilm_isa cminilm_best(void);

/// "portable", "avx2", "avx512" or "bfloat16".
const char *cminilm_name(cminilm_isa isa);

/// Columns of a panel: the unit in which weights are packed and a layer is shared out to threads.
#define CMINILM_PANEL 32
/// Numbers in one attention head.
#define CMINILM_HEAD 32

/// Bytes that `cminilm_pack` writes for weights of shape [columns, depth].
size_t cminilm_packed_bytes(cminilm_isa isa, size_t columns, size_t depth);

/// Packs weights of shape [columns, depth] (a checkpoint's order) into panels of 32 columns, depth by depth.
/// `columns` is a multiple of 32, `depth` an even number. The three Float32 instruction sets share one layout.
void cminilm_pack(cminilm_isa isa, const float *weights, size_t columns, size_t depth, void *panels);

/// A linear layer; the caller owns what it points to.
typedef struct {
  /// What `cminilm_pack` wrote for the same instruction set.
  const void *panels;
  /// [columns]
  const float *bias;
  size_t columns;
  size_t depth;
} cminilm_layer;

/// What is done with input × weights + bias before it is stored.
typedef enum {
  CMINILM_PLAIN,
  /// GELU with the error function, within 3e-7.
  CMINILM_GELU,
  /// Adds the residual.
  CMINILM_RESIDUAL,
} cminilm_epilogue;

/// output[r, c] = epilogue(sum over d of input[r, d] × weights[c, d] + bias[c]) for the columns of the panels
/// first_panel ..< end_panel.
///
/// `input` is [rows, depth], Float32, or for CMINILM_BFLOAT16 what `cminilm_round` made of it. `output` is
/// [rows, columns]; so is `residual`, which may be NULL without CMINILM_RESIDUAL. A row's result depends on that
/// row alone.
void cminilm_apply(cminilm_isa isa, const cminilm_layer *layer, const void *input, size_t rows,
                   size_t first_panel, size_t end_panel, cminilm_epilogue epilogue, const float *residual,
                   float *output);

/// Whether a layer can be applied as `cminilm_apply_split` does.
bool cminilm_can_split(cminilm_isa isa, size_t columns, size_t depth);

/// Bytes that `cminilm_split_input` writes for [rows, depth], and `cminilm_split_weights` for as many columns.
size_t cminilm_split_bytes(size_t rows, size_t depth);

/// Writes the sums of a layer's packed weights that `cminilm_apply_split` multiplies with.
void cminilm_split_weights(cminilm_isa isa, const cminilm_layer *layer, float *parts);

/// Writes the sums of an input, [rows, depth], that `cminilm_apply_split` multiplies.
void cminilm_split_input(cminilm_isa isa, const float *input, size_t rows, size_t depth, float *parts);

/// As `cminilm_apply` for all panels, with an eighth fewer multiplications: faster from some 64 rows on.
///
/// `weights` and `input` are what the two functions before wrote for the same instruction set. It is
/// a little less exact, and how a row is rounded depends on up to 27 rows around it.
void cminilm_apply_split(cminilm_isa isa, const cminilm_layer *layer, const float *weights, const float *input,
                         size_t rows, cminilm_epilogue epilogue, const float *residual, float *output);

/// Rounds `count` numbers, a multiple of 32, to bfloat16, to the nearest and ties to even. CMINILM_BFLOAT16 only.
void cminilm_round(const float *values, size_t count, uint16_t *rounded);

/// output = (input - mean) / sqrt(variance + 1e-12) × scale + shift, row by row; [rows, width], width a multiple
/// of 32. `output` may be `input`.
void cminilm_normalize(cminilm_isa isa, const float *input, size_t rows, size_t width, const float *scale,
                       const float *shift, float *output);

/// Floats of scratch that `cminilm_attend` needs for a sequence of `tokens`.
size_t cminilm_attend_scratch(size_t tokens);

/// Self-attention of one sequence: for the heads first_head ..< end_head, softmax(Q Kᵀ / √32) V.
///
/// `qkv` is [tokens, 3 × heads × 32] with all queries of a token before its keys and its values; `output` is
/// [tokens, heads × 32]. `tokens` is at least 1. `scratch` is this call's own.
void cminilm_attend(cminilm_isa isa, const float *qkv, size_t tokens, size_t heads, size_t first_head,
                    size_t end_head, float *scratch, float *output);

/// The mean of `tokens` rows, divided by its L2 norm; [tokens, width] to [width], width a multiple of 32.
void cminilm_pool(cminilm_isa isa, const float *input, size_t tokens, size_t width, float *output);

/// Tells the processor that the thread is waiting in a loop.
void cminilm_pause(void);
#endif
