// How the vectors of each type are numbered and read back.
#include "Internal.h"
#include <algorithm>
#include <faiss/IndexIVF.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/MetaIndexes.h>
#include <faiss/invlists/InvertedLists.h>
#include <tuple>

namespace cfaiss {

std::vector<Place> places_of(const faiss::Index &inverted) {
  const auto &index = dynamic_cast<const faiss::IndexIVF &>(inverted);
  std::vector<Place> places;
  for (size_t list = 0; list < index.nlist; list++) {
    const faiss::InvertedLists::ScopedIds ids(index.invlists, list);
    for (size_t i = 0; i < index.invlists->list_size(list); i++) places.push_back({ids[i], list, i});
  }
  if (places.size() != static_cast<size_t>(index.ntotal))
    throw std::runtime_error("the inverted lists hold " + std::to_string(places.size()) +
                             " vectors, the index says " + std::to_string(index.ntotal));
  // Equal ids, which only a damaged file has, keep the order in which they are stored.
  std::sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
    return std::tie(a.id, a.list, a.offset) < std::tie(b.id, b.list, b.offset);
  });
  return places;
}

std::vector<int64_t> labels_of(const faiss::Index &index) {
  if (auto map = dynamic_cast<const faiss::IndexIDMap *>(&index))
    return {map->id_map.begin(), map->id_map.end()};
  if (const faiss::Index *inner = wrapped(index)) return labels_of(*inner);
  // Lists without duplicates store one vector for several rows; their rows are numbered as they came.
  if (dynamic_cast<const faiss::IndexIVFFlatDedup *>(&index)) return {};
  if (!dynamic_cast<const faiss::IndexIVF *>(&index)) return {};
  std::vector<int64_t> labels;
  bool are_positions = true;
  for (const Place &place : places_of(index)) {
    are_positions = are_positions && place.id == static_cast<int64_t>(labels.size());
    labels.push_back(place.id);
  }
  return are_positions ? std::vector<int64_t>() : labels;
}

/// Rows `start ..< start + count`, which one call can do without sorting the lists again for each.
static void reconstruct_range(const faiss::Index &index, int64_t start, int64_t count, float *rows) {
  auto chain = dynamic_cast<const faiss::IndexPreTransform *>(&index);
  // An empty chain leaves the rows of `reverse_chain` unset.
  if (chain && !chain->chain.empty()) {
    std::vector<float> inner(chain->index->d * count);
    reconstruct_range(*chain->index, start, count, inner.data());
    chain->reverse_chain(count, inner.data(), rows);
  } else if (const faiss::Index *inner = wrapped(index)) {
    reconstruct_range(*inner, start, count, rows);
  } else if (auto plain = plain_codes(index)) {
    decode(*plain, start, count, rows);
  } else if (auto inverted = dynamic_cast<const faiss::IndexIVF *>(&index)) {
    const std::vector<Place> places = places_of(index);
    for (int64_t i = 0; i < count; i++)
      inverted->reconstruct_from_offset(places[start + i].list, places[start + i].offset, rows + i * index.d);
  } else {
    for (int64_t i = 0; i < count; i++) index.reconstruct(start + i, rows + i * index.d);
  }
}

void reconstruct(const faiss::Index &index, int64_t position, float *row) {
  reconstruct_range(index, position, 1, row);
}

void reconstruct_all(const faiss::Index &index, float *rows) {
  reconstruct_range(index, 0, index.ntotal, rows);
}

} // namespace cfaiss
