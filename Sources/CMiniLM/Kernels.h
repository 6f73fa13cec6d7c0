#ifndef CMINILM_KERNELS_H
#define CMINILM_KERNELS_H
#include "CMiniLM.h"

/// The functions of one instruction set; the contracts are those of CMiniLM.h.
typedef struct {
  void (*apply)(const cminilm_layer *, const void *, size_t, size_t, size_t, cminilm_epilogue, const float *,
                float *);
  void (*split_weights)(const cminilm_layer *, float *);
  void (*split_input)(const float *, size_t, size_t, float *);
  void (*apply_split)(const cminilm_layer *, const float *, const float *, size_t, cminilm_epilogue,
                      const float *, float *);
  void (*normalize)(const float *, size_t, size_t, const float *, const float *, float *);
  void (*attend)(const float *, size_t, size_t, size_t, size_t, float *, float *);
  void (*pool)(const float *, size_t, size_t, float *);
} cminilm_kernels;

extern const cminilm_kernels cminilm_portable;
#if defined(__x86_64__)
extern const cminilm_kernels cminilm_avx2;
extern const cminilm_kernels cminilm_avx512;
void cminilm_bfloat16_apply(const cminilm_layer *, const void *, size_t, size_t, size_t, cminilm_epilogue,
                            const float *, float *);
void cminilm_bfloat16_round(const float *, size_t, uint16_t *);
#endif

/// The most rows that any instruction set's tile has.
#define CMINILM_MAX_ROWS 14

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

/// The height of the next block when `left` rows are cut into near-equal blocks of at most `most`: a last block
/// of a row or two would use the processor badly.
INLINE size_t next_block(size_t left, size_t most) {
  const size_t blocks = (left + most - 1) / most;
  return (left + blocks - 1) / blocks;
}
#endif
