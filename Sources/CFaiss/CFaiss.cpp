#include "Internal.h"
#include <algorithm>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <limits>

namespace cfaiss {

namespace {

/// Reads from memory that the caller keeps.
struct MemoryReader : faiss::IOReader {
  const char *next;
  size_t left;
  MemoryReader(const void *bytes, size_t size) : next(static_cast<const char *>(bytes)), left(size) {
    name = "index";
  }
  size_t operator()(void *target, size_t size, size_t count) override {
    if (size == 0 || count == 0) return 0;
    count = std::min(count, left / size);
    std::memcpy(target, next, size * count);
    next += size * count;
    left -= size * count;
    return count;
  }
};

} // namespace

std::unique_ptr<faiss::Index> read(const void *bytes, size_t size) {
  MemoryReader reader(bytes, size);
  return std::unique_ptr<faiss::Index>(faiss::read_index(&reader));
}

std::vector<uint8_t> bytes_of(const faiss::Index &index) {
  faiss::VectorIOWriter writer;
  faiss::write_index(&index, &writer);
  return std::move(writer.data);
}

/// An index of its own with the same content; `clone_index` does not know every type.
static std::unique_ptr<faiss::Index> copy(const faiss::Index &index) {
  const std::vector<uint8_t> bytes = bytes_of(index);
  return read(bytes.data(), bytes.size());
}

static CFaissIndex *wrap(std::unique_ptr<faiss::Index> index) {
  std::vector<int64_t> labels = labels_of(*index);
  return new CFaissIndex{std::move(index), std::move(labels)};
}

} // namespace cfaiss

using namespace cfaiss;

CFaissStatus cfaiss_read(const void *bytes, size_t size, CFaissIndex **index, char *error) {
  return guarded(error, [&] { *index = wrap(read(bytes, size)); });
}

void cfaiss_free(CFaissIndex *index) { delete index; }

int32_t cfaiss_dimension(const CFaissIndex *index) { return static_cast<int32_t>(index->index->d); }

int64_t cfaiss_count(const CFaissIndex *index) { return index->index->ntotal; }

const char *cfaiss_class_name(const CFaissIndex *index) { return class_name(*index->index); }

bool cfaiss_labels(const CFaissIndex *index, int64_t *labels) {
  std::copy(index->labels.begin(), index->labels.end(), labels);
  return !index->labels.empty();
}

CFaissStatus cfaiss_search(const CFaissIndex *index, int64_t count, const float *queries, int64_t k, float *scores,
                           int64_t *labels, char *error) {
  return guarded(error, [&] {
    if (k <= 0) throw Unsupported("a search asks for at least one row");
    if (index->index->ntotal == 0) { // 1.7.3 leaves the answers of an empty flat index unset.
      std::fill_n(scores, count * k, std::numeric_limits<float>::quiet_NaN());
      std::fill_n(labels, count * k, int64_t{-1});
      return;
    }
    index->index->search(count, queries, k, scores, labels);
  });
}

CFaissStatus cfaiss_reconstruct(const CFaissIndex *index, float *rows, char *error) {
  return guarded(error, [&] { reconstruct(*index->index, rows); });
}

CFaissStatus cfaiss_reconstruct_label(const CFaissIndex *index, int64_t label, float *row, char *error) {
  return guarded(error, [&] { index->index->reconstruct(label, row); });
}

CFaissStatus cfaiss_remove(const CFaissIndex *index, const uint8_t *keep, CFaissIndex **result, char *error) {
  return guarded(error, [&] {
    auto edited = copy(*index->index);
    remove(*edited, keep);
    *result = wrap(std::move(edited));
  });
}

CFaissStatus cfaiss_add(const CFaissIndex *index, int64_t count, const float *rows, CFaissIndex **result, char *error) {
  return guarded(error, [&] {
    auto edited = copy(*index->index);
    add(*edited, count, rows);
    *result = wrap(std::move(edited));
  });
}

CFaissStatus cfaiss_write(const CFaissIndex *index, void (*sink)(void *context, const void *bytes, size_t size),
                          void *context, char *error) {
  return guarded(error, [&] {
    const std::vector<uint8_t> bytes = bytes_of(*index->index);
    sink(context, bytes.data(), bytes.size());
  });
}
