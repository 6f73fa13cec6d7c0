#include "CodesKernels.h"

static double dot(const cscan_coded_query *query, const uint8_t *bytes, size_t dimension) {
  int64_t sum = 0;
  for (size_t start = 0; start < dimension; start += CSCAN_CODES_CHUNK) {
    const size_t end = dimension - start < CSCAN_CODES_CHUNK ? dimension : start + CSCAN_CODES_CHUNK;
    int32_t chunk = 0;
    for (size_t j = start; j < end; j++) chunk += (int32_t)bytes[j] * query->words[j];
    sum += chunk;
  }
  return (double)sum;
}

CSCAN_DEFINE_BOUNDS(, cscan_portable_bound_squared_l2, dot, cscan_bound_eight_l2)
CSCAN_DEFINE_BOUNDS(, cscan_portable_bound_inner_product, dot, cscan_bound_eight_ip)

/// The whole number nearest to a small one, even where two are: what the vector paths' conversion does.
static inline float nearest_whole(float value) {
  const float shift = 0x1.8p23f;
  return value + shift - shift;
}

void cscan_portable_encode(const char *rows, size_t count, size_t dimension, cscan_codes codes) {
  for (size_t i = 0; i < count; i++) {
    const char *row = rows + i * dimension * sizeof(float);
    uint8_t *bytes = codes.bytes + i * dimension;
    uint32_t largest = 0;
    for (size_t j = 0; j < dimension; j++) {
      uint32_t bits;
      memcpy(&bits, row + j * sizeof bits, sizeof bits);
      bits &= 0x7fffffff;
      largest = bits > largest ? bits : largest;
    }
    const float factor = cscan_begin_row(largest, &codes.scales[i]);
    const double scale = codes.scales[i];
    double sum = 0;
    int32_t squares = 0;
    for (size_t j = 0; j < dimension; j++) {
      float value;
      memcpy(&value, row + j * sizeof value, sizeof value);
      const int32_t code = factor > 0 ? (int32_t)nearest_whole(value * factor) : 0;
      const double difference = value - scale * code;
      sum += difference * difference;
      squares += code * code;
      bytes[j] = (uint8_t)(code + 128);
    }
    codes.squares[i] = squares;
    codes.errors[i] = cscan_end_row(largest, sum);
  }
}
