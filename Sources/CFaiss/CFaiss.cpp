#include "Internal.h"
#include <algorithm>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <limits>
#include <mutex>
#include <omp.h>

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

/// Hands on what faiss writes without gathering it.
struct SinkWriter : faiss::IOWriter {
  void (*sink)(void *, const void *, size_t);
  void *context;
  SinkWriter(void (*sink)(void *, const void *, size_t), void *context) : sink(sink), context(context) {}
  size_t operator()(const void *bytes, size_t size, size_t count) override {
    if (size != 0 && count != 0) sink(context, bytes, size * count);
    return count;
  }
};

std::unique_ptr<faiss::Index> read(const void *bytes, size_t size) {
  MemoryReader reader(bytes, size);
  return std::unique_ptr<faiss::Index>(faiss::read_index(&reader));
}

/// An index of its own with the same content; `clone_index` does not know every type.
std::unique_ptr<faiss::Index> copy(const CFaissIndex &index) {
  std::shared_lock<std::shared_mutex> together(index.settings);
  faiss::VectorIOWriter writer;
  faiss::write_index(index.index.get(), &writer);
  return read(writer.data.data(), writer.data.size());
}

CFaissIndex *wrap(std::unique_ptr<faiss::Index> index) {
  std::vector<int64_t> labels = labels_of(*index);
  return new CFaissIndex{std::move(index), std::move(labels)};
}

void require(const CFaissIndex *handle, CFaissOperation operation) {
  const std::string reason = refusal(*handle->index, operation);
  if (!reason.empty()) throw Unsupported(reason);
}

} // namespace

} // namespace cfaiss

using namespace cfaiss;

CFaissStatus cfaiss_read(const void *bytes, size_t size, CFaissIndex **index, char *error) {
  return guarded(error, [&] {
    auto made = read(bytes, size);
    // 1.7.3 makes room for nprobe candidates before it looks how many lists there are.
    if (nprobe(*made) > 0) set_nprobe(*made, nprobe(*made));
    *index = wrap(std::move(made));
  });
}

void cfaiss_free(CFaissIndex *index) { delete index; }

int32_t cfaiss_dimension(const CFaissIndex *index) { return static_cast<int32_t>(index->index->d); }

int64_t cfaiss_count(const CFaissIndex *index) { return index->index->ntotal; }

int32_t cfaiss_metric(const CFaissIndex *index) { return static_cast<int32_t>(index->index->metric_type); }

float cfaiss_metric_argument(const CFaissIndex *index) { return index->index->metric_arg; }

bool cfaiss_is_trained(const CFaissIndex *index) { return index->index->is_trained; }

const char *cfaiss_class_name(const CFaissIndex *index) { return class_name(*index->index); }

bool cfaiss_supports(const CFaissIndex *index, CFaissOperation operation, char *error) {
  return guarded(error, [&] { require(index, operation); }) == CFAISS_OK;
}

bool cfaiss_labels(const CFaissIndex *index, int64_t *labels) {
  std::copy(index->labels.begin(), index->labels.end(), labels);
  return !index->labels.empty();
}

int64_t cfaiss_nprobe(const CFaissIndex *index) {
  std::shared_lock<std::shared_mutex> together(index->settings);
  return nprobe(*index->index);
}

int64_t cfaiss_ef_search(const CFaissIndex *index) {
  std::shared_lock<std::shared_mutex> together(index->settings);
  return ef_search(*index->index);
}

int64_t cfaiss_list_count(const CFaissIndex *index) { return list_count(*index->index); }

CFaissStatus cfaiss_set_nprobe(CFaissIndex *index, int64_t nprobe, char *error) {
  return guarded(error, [&] { set_nprobe(*index->index, nprobe); });
}

CFaissStatus cfaiss_set_ef_search(CFaissIndex *index, int64_t ef_search, char *error) {
  return guarded(error, [&] { set_ef_search(*index->index, ef_search); });
}

CFaissStatus cfaiss_search(const CFaissIndex *index, int64_t count, const float *queries, int64_t k,
                           int64_t nprobe, int64_t ef_search, float *scores, int64_t *labels,
                           char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_SEARCH);
    if (k <= 0 || count < 0) throw BadArgument("a search asks for at least one row");
    // faiss makes room for k rows whatever the index holds, and leaves the answers of an empty one unset.
    const int64_t found = std::min(k, answer_limit(*index->index));
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    std::fill_n(scores, count * k, nan);
    std::fill_n(labels, count * k, int64_t{-1});
    if (found == 0 || count == 0) return;
    check_queries(*index->index, count, queries);
    if (nprobe == 0 && ef_search == 0) {
      std::shared_lock<std::shared_mutex> together(index->settings);
      index->index->search(count, queries, found, scores, labels);
    } else {
      std::unique_lock<std::shared_mutex> alone(index->settings);
      const Restored lists(nprobe_of(*index->index));
      const Restored candidates(ef_search_of(*index->index));
      if (nprobe != 0) set_nprobe(*index->index, nprobe);
      if (ef_search != 0) set_ef_search(*index->index, ef_search);
      index->index->search(count, queries, found, scores, labels);
    }
    if (found == k) return;
    for (int64_t query = count - 1; query >= 0; query--) {
      std::copy_backward(scores + query * found, scores + (query + 1) * found, scores + query * k + found);
      std::copy_backward(labels + query * found, labels + (query + 1) * found, labels + query * k + found);
      std::fill(scores + query * k + found, scores + (query + 1) * k, nan);
      std::fill(labels + query * k + found, labels + (query + 1) * k, int64_t{-1});
    }
  });
}

CFaissStatus cfaiss_reconstruct(const CFaissIndex *index, int64_t position, float *row, char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_RECONSTRUCT);
    if (position < 0 || position >= index->index->ntotal)
      throw BadArgument("expected a position below " + std::to_string(index->index->ntotal) + ", found " +
                        std::to_string(position));
    reconstruct(*index->index, position, row);
  });
}

CFaissStatus cfaiss_reconstruct_all(const CFaissIndex *index, float *rows, char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_RECONSTRUCT);
    reconstruct_all(*index->index, rows);
  });
}

CFaissStatus cfaiss_reconstruct_label(const CFaissIndex *index, int64_t label, float *row, char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_RECONSTRUCT);
    const auto &labels = index->labels;
    // faiss does not check the label for every type.
    const bool is_known = labels.empty() ? label >= 0 && label < index->index->ntotal
                                         : std::find(labels.begin(), labels.end(), label) != labels.end();
    if (!is_known) throw BadArgument("expected a label of the index, found " + std::to_string(label));
    if (plain_codes(*index->index)) return reconstruct(*index->index, label, row);
    index->index->reconstruct(label, row);
  });
}

CFaissStatus cfaiss_remove(const CFaissIndex *index, const uint8_t *keep, CFaissIndex **result, char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_REMOVE);
    auto edited = copy(*index);
    remove(*edited, keep);
    *result = wrap(std::move(edited));
  });
}

CFaissStatus cfaiss_add(const CFaissIndex *index, int64_t count, const float *rows, const int64_t *labels,
                        CFaissIndex **result, char *error) {
  return guarded(error, [&] {
    require(index, CFAISS_ADD);
    if (count < 0) throw BadArgument("expected rows to add");
    auto edited = copy(*index);
    if (count > 0) add(*edited, count, rows, labels);
    *result = wrap(std::move(edited));
  });
}

CFaissStatus cfaiss_write(const CFaissIndex *index,
                          void (*sink)(void *context, const void *bytes, size_t size), void *context,
                          char *error) {
  return guarded(error, [&] {
    std::shared_lock<std::shared_mutex> together(index->settings);
    SinkWriter writer(sink, context);
    faiss::write_index(index->index.get(), &writer);
  });
}

void cfaiss_set_threads(int32_t count) { omp_set_num_threads(std::max(1, count)); }
