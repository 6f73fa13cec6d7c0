// What each index type is called and how its vectors are numbered and read back.
#include "Internal.h"
#include <algorithm>
#include <faiss/IndexFlat.h>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/IndexIVFPQ.h>
#include <faiss/IndexIVFPQFastScan.h>
#include <faiss/IndexIVFPQR.h>
#include <faiss/IndexLSH.h>
#include <faiss/IndexNNDescent.h>
#include <faiss/IndexNSG.h>
#include <faiss/IndexPQ.h>
#include <faiss/IndexPQFastScan.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/MetaIndexes.h>
#include <typeinfo>

namespace cfaiss {

const char *class_name(const faiss::Index &index) {
  const std::type_info &type = typeid(index);
#define NAMED(name)                                                                                                    \
  if (type == typeid(faiss::name)) return #name;
  NAMED(IndexFlatL2) NAMED(IndexFlatIP) NAMED(IndexFlat) NAMED(IndexIDMap) NAMED(IndexIDMap2) NAMED(IndexHNSWFlat)
  NAMED(IndexHNSWSQ) NAMED(IndexHNSWPQ) NAMED(IndexHNSW2Level) NAMED(IndexIVFFlat) NAMED(IndexIVFFlatDedup)
  NAMED(IndexIVFScalarQuantizer) NAMED(IndexIVFPQ) NAMED(IndexIVFPQR) NAMED(IndexIVFPQFastScan)
  NAMED(IndexScalarQuantizer) NAMED(IndexPQ) NAMED(IndexPQFastScan) NAMED(IndexPreTransform) NAMED(IndexRefineFlat)
  NAMED(IndexRefine) NAMED(IndexLSH) NAMED(IndexNSGFlat) NAMED(IndexNSG) NAMED(IndexNNDescentFlat)
  NAMED(IndexNNDescent)
#undef NAMED
  return "Index";
}

/// The id stored at each place of the inverted lists, list by list.
static std::vector<int64_t> stored_ids(const faiss::IndexIVF &index) {
  std::vector<int64_t> ids;
  for (size_t list = 0; list < index.nlist; list++) {
    const faiss::InvertedLists::ScopedIds stored(index.invlists, list);
    for (size_t i = 0; i < index.invlists->list_size(list); i++) ids.push_back(stored[i]);
  }
  return ids;
}

std::vector<int64_t> labels_of(const faiss::Index &index) {
  // Template arguments keep IndexIDMap2 a subclass of IndexIDMap.
  if (auto map = dynamic_cast<const faiss::IndexIDMap *>(&index)) return {map->id_map.begin(), map->id_map.end()};
  if (auto chain = dynamic_cast<const faiss::IndexPreTransform *>(&index)) return labels_of(*chain->index);
  if (auto inverted = dynamic_cast<const faiss::IndexIVF *>(&index)) {
    std::vector<int64_t> ids = stored_ids(*inverted);
    std::sort(ids.begin(), ids.end());
    for (size_t i = 0; i < ids.size(); i++)
      if (ids[i] != static_cast<int64_t>(i)) return ids;
  }
  return {};
}

static void reconstruct_lists(const faiss::IndexIVF &index, float *rows) {
  std::vector<int64_t> order = stored_ids(index);
  std::sort(order.begin(), order.end());
  for (size_t list = 0; list < index.nlist; list++) {
    const faiss::InvertedLists::ScopedIds ids(index.invlists, list);
    for (size_t i = 0; i < index.invlists->list_size(list); i++) {
      const auto place = std::lower_bound(order.begin(), order.end(), ids[i]) - order.begin();
      if (place >= index.ntotal) throw std::runtime_error("the inverted lists hold more vectors than the index says");
      index.reconstruct_from_offset(list, i, rows + place * index.d);
    }
  }
}

void reconstruct(const faiss::Index &index, float *rows) {
  if (auto map = dynamic_cast<const faiss::IndexIDMap *>(&index)) return reconstruct(*map->index, rows);
  if (auto inverted = dynamic_cast<const faiss::IndexIVF *>(&index)) return reconstruct_lists(*inverted, rows);
  if (auto chain = dynamic_cast<const faiss::IndexPreTransform *>(&index)) {
    std::vector<float> inner(chain->index->d * chain->ntotal);
    reconstruct(*chain->index, inner.data());
    chain->reverse_chain(chain->ntotal, inner.data(), rows);
    return;
  }
  for (int64_t i = 0; i < index.ntotal; i++) index.reconstruct(i, rows + i * index.d);
}

} // namespace cfaiss
