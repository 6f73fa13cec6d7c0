// Scalar quantizers of later faiss versions whose codes are plain numbers: 1.7.3 keeps, writes and removes such codes
// without knowing what they mean, and ends the process when it is asked for more.
#include "Internal.h"
#include <cmath>
#include <faiss/IndexScalarQuantizer.h>

namespace cfaiss {

namespace {

// ScalarQuantizer.h of faiss 1.9.0 and later.
constexpr int bfloat16 = 7, signed_byte = 8;

float decoded(uint16_t code) {
  const uint32_t bits = static_cast<uint32_t>(code) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// As `encode_bf16` of faiss: to the nearest, halves away from zero.
uint16_t encoded(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  // What is no number must stay none.
  return static_cast<uint16_t>(std::isnan(value) ? 0x7fc0 : (bits + 0x8000) >> 16);
}

} // namespace

const faiss::IndexScalarQuantizer *plain_codes(const faiss::Index &index) {
  auto quantized = dynamic_cast<const faiss::IndexScalarQuantizer *>(&index);
  const int type = quantized ? static_cast<int>(quantized->sq.qtype) : 0;
  return type == bfloat16 || type == signed_byte ? quantized : nullptr;
}

void decode(const faiss::IndexScalarQuantizer &index, int64_t start, int64_t count, float *rows) {
  const uint8_t *codes = index.codes.data() + start * index.code_size;
  const bool is_bfloat16 = static_cast<int>(index.sq.qtype) == bfloat16;
  for (int64_t i = 0; i < count * index.d; i++) {
    if (is_bfloat16) {
      uint16_t code;
      std::memcpy(&code, codes + 2 * i, sizeof code);
      rows[i] = decoded(code);
    } else {
      rows[i] = static_cast<float>(codes[i]) - 128;
    }
  }
}

void append(faiss::IndexScalarQuantizer &index, int64_t count, const float *rows) {
  const bool is_bfloat16 = static_cast<int>(index.sq.qtype) == bfloat16;
  if (!is_bfloat16)
    for (int64_t i = 0; i < count * index.d; i++)
      if (!(rows[i] >= -128 && rows[i] < 128))
        throw BadArgument("expected values of -128 to 127, which is what the index can hold, found " +
                          std::to_string(rows[i]));
  const size_t before = index.codes.size();
  index.codes.resize(before + count * index.code_size);
  uint8_t *codes = index.codes.data() + before;
  for (int64_t i = 0; i < count * index.d; i++) {
    if (is_bfloat16) {
      const uint16_t code = encoded(rows[i]);
      std::memcpy(codes + 2 * i, &code, sizeof code);
    } else {
      codes[i] = static_cast<uint8_t>(rows[i] + 128);
    }
  }
  index.ntotal += count;
}

} // namespace cfaiss
