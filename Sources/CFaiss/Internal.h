#ifndef CFAISS_INTERNAL_H
#define CFAISS_INTERNAL_H
#include "CFaiss.h"
#include <cstring>
#include <exception>
#include <faiss/Index.h>
#include <memory>
#include <new>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace faiss {
struct IndexScalarQuantizer;
}

struct CFaissIndex {
  std::unique_ptr<faiss::Index> index;
  /// Labels by position; empty when they are the positions.
  std::vector<int64_t> labels;
  /// Held alone while a search has settings of its own, which 1.7.3 keeps in the index; together by whatever reads
  /// the index's.
  mutable std::shared_mutex settings;
};

namespace cfaiss {

/// Thrown inside the face for an operation that the type cannot do; becomes CFAISS_UNSUPPORTED.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown inside the face for arguments that do not fit; becomes CFAISS_ARGUMENT.
struct BadArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Copies a text into the caller's buffer, cut where it is too long.
inline void say(char *error, const char *text) noexcept {
  std::strncpy(error, text, CFAISS_ERROR_LENGTH - 1);
  error[CFAISS_ERROR_LENGTH - 1] = 0;
}

/// Runs `body` and turns whatever it throws into a status and a text.
template <class Body> CFaissStatus guarded(char *error, Body &&body) noexcept {
  try {
    body();
    return CFAISS_OK;
  } catch (const Unsupported &exception) {
    say(error, exception.what());
    return CFAISS_UNSUPPORTED;
  } catch (const BadArgument &exception) {
    say(error, exception.what());
    return CFAISS_ARGUMENT;
  } catch (const std::bad_alloc &) {
    say(error, "not enough memory");
  } catch (const std::exception &exception) {
    say(error, exception.what());
  } catch (...) {
    say(error, "unknown C++ exception");
  }
  return CFAISS_FAILED;
}

// Types.cpp

const char *class_name(const faiss::Index &index);
/// Why an operation is not allowed; empty when it is.
std::string refusal(const faiss::Index &index, CFaissOperation operation);
/// The index inside an id map or a chain of transforms; null for other types.
faiss::Index *wrapped(const faiss::Index &index);

// Positions.cpp

/// Where a vector of inverted lists is stored.
struct Place {
  int64_t id;
  size_t list;
  size_t offset;
};
/// The vectors of inverted lists by position, which is the order of their ids.
std::vector<Place> places_of(const faiss::Index &inverted);
/// Labels by position; empty when they are 0 ..< ntotal.
std::vector<int64_t> labels_of(const faiss::Index &index);
/// One row, [d].
void reconstruct(const faiss::Index &index, int64_t position, float *row);
/// Rows by position, [ntotal, d].
void reconstruct_all(const faiss::Index &index, float *rows);

// PlainCodes.cpp

/// The index, if its codes are numbers of a kind that came after 1.7.3; else null.
const faiss::IndexScalarQuantizer *plain_codes(const faiss::Index &index);
/// Rows `start ..< start + count`, [count, d].
void decode(const faiss::IndexScalarQuantizer &index, int64_t start, int64_t count, float *rows);
/// More rows, [count, d], at the end.
void append(faiss::IndexScalarQuantizer &index, int64_t count, const float *rows);

// Remove.cpp, Add.cpp; both expect that `refusal` was asked.

void remove(faiss::Index &index, const uint8_t *keep);
void add(faiss::Index &index, int64_t count, const float *rows, const int64_t *labels);

// Settings.cpp

/// The most rows that one search may ask for.
int64_t answer_limit(const faiss::Index &index);
/// Throws for queries that would end the process.
void check_queries(const faiss::Index &index, int64_t count, const float *queries);
int64_t nprobe(const faiss::Index &index);
int64_t ef_search(const faiss::Index &index);
void set_nprobe(faiss::Index &index, int64_t nprobe);
void set_ef_search(faiss::Index &index, int64_t ef_search);
/// The number of inverted lists; -1 when there are none.
int64_t list_count(const faiss::Index &index);

/// Where an index keeps its settings; null where it has none of that kind.
size_t *nprobe_of(const faiss::Index &index);
int *ef_search_of(const faiss::Index &index);

/// A setting that is in the end what it was in the beginning.
template <class Number> class Restored {
public:
  explicit Restored(Number *place) : place(place), before(place ? *place : Number{}) {}
  ~Restored() {
    if (place) *place = before;
  }
  Restored(const Restored &) = delete;

private:
  Number *const place;
  const Number before;
};

} // namespace cfaiss
#endif
