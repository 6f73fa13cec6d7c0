#include "Kernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))),         \
                             apply_to = function)
#include "LanesAVX512.h"
#include "Math.h"
#include "Linear.h"
#include "Strassen.h"
#include "Attention.h"
#include "Rows.h"
#pragma clang attribute pop

const cminilm_kernels cminilm_avx512 = {apply, split_weights, split_input, apply_split, normalize, attend, pool};
#endif
