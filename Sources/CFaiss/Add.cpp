// Adding rows, per type, at the end of those that are there.
#include "Internal.h"
#include <algorithm>
#include <cmath>
#include <faiss/IndexIVF.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/MetaIndexes.h>
#include <limits>

namespace cfaiss {

namespace {

/// The labels after the largest.
std::vector<int64_t> next_labels(const faiss::IndexIDMap &map, int64_t count) {
  int64_t next = 0;
  for (int64_t label : map.id_map) {
    if (label > std::numeric_limits<int64_t>::max() - count - 1)
      throw BadArgument("the largest label leaves no room for more; give labels");
    next = std::max<int64_t>(next, label + 1);
  }
  std::vector<int64_t> labels(count);
  for (int64_t i = 0; i < count; i++) labels[i] = next + i;
  return labels;
}

void add_to_map(faiss::IndexIDMap &map, int64_t count, const float *rows, const int64_t *labels) {
  const std::vector<int64_t> added =
      labels ? std::vector<int64_t>(labels, labels + count) : next_labels(map, count);
  add(*map.index, count, rows, nullptr);
  map.id_map.insert(map.id_map.end(), added.begin(), added.end());
  map.ntotal = map.index->ntotal;
  if (auto both = dynamic_cast<faiss::IndexIDMap2 *>(&map)) both->construct_rev_map();
}

void add_to_lists(faiss::IndexIVF &index, int64_t count, const float *rows) {
  // faiss drops such rows or, in fast scans, writes beyond a list.
  if (!std::all_of(rows, rows + count * index.d, [](float value) { return std::isfinite(value); }))
    throw BadArgument("expected finite values: rows that hold others are nearest to no list");
  // New rows get the numbers from ntotal on, so the old ones must be 0 ..< ntotal.
  if (!labels_of(index).empty()) {
    const std::vector<uint8_t> all(index.ntotal, 1);
    remove(index, all.data());
  }
  index.add(count, rows);
  int64_t stored = 0;
  for (size_t list = 0; list < index.nlist; list++) stored += index.invlists->list_size(list);
  if (stored != index.ntotal)
    throw BadArgument(std::to_string(index.ntotal - stored) +
                      " of the rows are nearest to no list; expected finite values of ordinary size");
}

} // namespace

void add(faiss::Index &index, int64_t count, const float *rows, const int64_t *labels) {
  auto map = dynamic_cast<faiss::IndexIDMap *>(&index);
  auto chain = dynamic_cast<faiss::IndexPreTransform *>(&index);
  if (labels && !map && !chain) throw BadArgument("labels are for id maps, and this index is none");
  if (map) {
    add_to_map(*map, count, rows, labels);
  } else if (chain) {
    // An empty chain answers `rows` itself.
    const bool changes = !chain->chain.empty();
    const std::unique_ptr<const float[]> changed(changes ? chain->apply_chain(count, rows) : nullptr);
    add(*chain->index, count, changes ? changed.get() : rows, labels);
    chain->ntotal = chain->index->ntotal;
  } else if (auto refine = dynamic_cast<faiss::IndexRefine *>(&index)) {
    add(*refine->base_index, count, rows, nullptr);
    add(*refine->refine_index, count, rows, nullptr);
    refine->ntotal = refine->refine_index->ntotal;
  } else if (auto inverted = dynamic_cast<faiss::IndexIVF *>(&index)) {
    add_to_lists(*inverted, count, rows);
  } else if (plain_codes(index)) {
    append(dynamic_cast<faiss::IndexScalarQuantizer &>(index), count, rows);
  } else {
    index.add(count, rows);
  }
}

} // namespace cfaiss
