#ifndef CFAISS_INTERNAL_H
#define CFAISS_INTERNAL_H
#include "CFaiss.h"
#include <cstring>
#include <exception>
#include <faiss/Index.h>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

struct CFaissIndex {
  std::unique_ptr<faiss::Index> index;
  /// Labels by position, ascending where the index orders by them; empty when they are the positions.
  std::vector<int64_t> labels;
};

namespace cfaiss {

/// Thrown inside the face for an operation that the type cannot do; becomes CFAISS_UNSUPPORTED.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Runs `body` and turns whatever it throws into a status and a text.
template <class Body> CFaissStatus guarded(char *error, Body &&body) noexcept {
  CFaissStatus status = CFAISS_FAILED;
  const char *text = "unknown C++ exception";
  char copy[CFAISS_ERROR_LENGTH];
  try {
    body();
    return CFAISS_OK;
  } catch (const Unsupported &exception) {
    status = CFAISS_UNSUPPORTED;
    std::strncpy(copy, exception.what(), sizeof copy - 1);
    copy[sizeof copy - 1] = 0;
    text = copy;
  } catch (const std::bad_alloc &) {
    text = "not enough memory";
  } catch (const std::exception &exception) {
    std::strncpy(copy, exception.what(), sizeof copy - 1);
    copy[sizeof copy - 1] = 0;
    text = copy;
  } catch (...) {
  }
  std::strncpy(error, text, CFAISS_ERROR_LENGTH - 1);
  error[CFAISS_ERROR_LENGTH - 1] = 0;
  return status;
}

std::unique_ptr<faiss::Index> read(const void *bytes, size_t size);
std::vector<uint8_t> bytes_of(const faiss::Index &index);
const char *class_name(const faiss::Index &index);
/// Labels by position; empty when they are 0 ..< ntotal.
std::vector<int64_t> labels_of(const faiss::Index &index);
/// Rows by position, [ntotal, d].
void reconstruct(const faiss::Index &index, float *rows);
void remove(faiss::Index &index, const uint8_t *keep);
void add(faiss::Index &index, int64_t count, const float *rows);

} // namespace cfaiss
#endif
