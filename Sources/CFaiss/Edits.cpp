// Removing and adding, per type. What is not named here is refused before faiss is asked: some of its
// refusals are thrown inside OpenMP regions, which ends the process.
#include "Internal.h"
#include <algorithm>
#include <faiss/IndexFlatCodes.h>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/IndexIVFPQ.h>
#include <faiss/IndexIVFPQFastScan.h>
#include <faiss/IndexNNDescent.h>
#include <faiss/IndexNSG.h>
#include <faiss/IndexPQFastScan.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/MetaIndexes.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/invlists/InvertedLists.h>
#include <string>
#include <typeinfo>

namespace cfaiss {

namespace {

/// Selects the positions, or the labels of positions, whose byte is 0.
struct Dropped : faiss::IDSelector {
  std::vector<int64_t> ids;
  bool is_member(faiss::Index::idx_t id) const override { return std::binary_search(ids.begin(), ids.end(), id); }
};

Dropped dropped(int64_t count, const uint8_t *keep) {
  Dropped result;
  for (int64_t i = 0; i < count; i++)
    if (!keep[i]) result.ids.push_back(i);
  return result;
}

[[noreturn]] void refuse(const faiss::Index &index, const char *operation) {
  throw Unsupported(std::string(class_name(index)) + " cannot " + operation + " with faiss 1.7.3");
}

bool is_plain_codes(const faiss::Index &index) {
  return dynamic_cast<const faiss::IndexFlatCodes *>(&index) || typeid(index) == typeid(faiss::IndexPQFastScan);
}

bool is_plain_ivf(const faiss::Index &index) {
  return typeid(index) == typeid(faiss::IndexIVFFlat) || typeid(index) == typeid(faiss::IndexIVFPQ) ||
         typeid(index) == typeid(faiss::IndexIVFScalarQuantizer);
}

/// Drops and renumbers in the lists; `remove_ids` would leave the old numbers, and LangChain's rows wrong.
void remove_from_lists(faiss::IndexIVF &index, const uint8_t *keep) {
  auto lists = dynamic_cast<faiss::ArrayInvertedLists *>(index.invlists);
  if (!lists) refuse(index, "remove rows from inverted lists that are not in memory");
  std::vector<int64_t> order;
  for (const auto &ids : lists->ids) order.insert(order.end(), ids.begin(), ids.end());
  std::sort(order.begin(), order.end());
  std::vector<int64_t> number(order.size());
  int64_t next = 0;
  for (size_t i = 0; i < order.size(); i++) number[i] = keep[i] ? next++ : -1;
  const auto map_type = index.direct_map.type;
  index.set_direct_map_type(faiss::DirectMap::NoMap);
  for (size_t list = 0; list < lists->nlist; list++) {
    auto &ids = lists->ids[list];
    auto &codes = lists->codes[list];
    size_t kept = 0;
    for (size_t i = 0; i < ids.size(); i++) {
      const auto place = std::lower_bound(order.begin(), order.end(), ids[i]) - order.begin();
      if (number[place] < 0) continue;
      ids[kept] = number[place];
      std::memmove(codes.data() + kept * lists->code_size, codes.data() + i * lists->code_size, lists->code_size);
      kept++;
    }
    lists->resize(list, kept);
  }
  index.ntotal = next;
  if (map_type != faiss::DirectMap::NoMap) index.set_direct_map_type(map_type);
}

/// Builds the graph anew from the rows that stay; a trained quantizer below it stays trained.
void rebuild(faiss::IndexHNSW &index, const uint8_t *keep) {
  std::vector<float> rows(index.ntotal * index.d);
  reconstruct(index, rows.data());
  int64_t kept = 0;
  for (int64_t i = 0; i < index.ntotal; i++)
    if (keep[i]) std::memmove(&rows[kept++ * index.d], &rows[i * index.d], index.d * sizeof(float));
  index.reset();
  if (kept > 0) index.add(kept, rows.data());
}

} // namespace

void remove(faiss::Index &index, const uint8_t *keep) {
  if (is_plain_codes(index)) {
    index.remove_ids(dropped(index.ntotal, keep));
  } else if (auto map = dynamic_cast<faiss::IndexIDMap *>(&index)) {
    // Without its map the inner index numbers by position.
    remove(*map->index, keep);
    size_t kept = 0;
    for (size_t i = 0; i < map->id_map.size(); i++)
      if (keep[i]) map->id_map[kept++] = map->id_map[i];
    map->id_map.resize(kept);
    map->ntotal = map->index->ntotal;
    if (auto both = dynamic_cast<faiss::IndexIDMap2 *>(map)) both->construct_rev_map();
  } else if (auto chain = dynamic_cast<faiss::IndexPreTransform *>(&index)) {
    remove(*chain->index, keep);
    chain->ntotal = chain->index->ntotal;
  } else if (is_plain_ivf(index)) {
    remove_from_lists(static_cast<faiss::IndexIVF &>(index), keep);
  } else if (auto graph = dynamic_cast<faiss::IndexHNSW *>(&index)) {
    rebuild(*graph, keep);
  } else {
    refuse(index, "remove rows");
  }
}

void add(faiss::Index &index, int64_t count, const float *rows) {
  if (!index.is_trained) refuse(index, "add rows before it is trained");
  if (auto map = dynamic_cast<faiss::IndexIDMap *>(&index)) {
    int64_t next = 0;
    for (int64_t label : map->id_map) next = std::max(next, label + 1);
    std::vector<int64_t> labels(count);
    for (int64_t i = 0; i < count; i++) labels[i] = next + i;
    add(*map->index, count, rows);
    map->id_map.insert(map->id_map.end(), labels.begin(), labels.end());
    map->ntotal = map->index->ntotal;
    if (auto both = dynamic_cast<faiss::IndexIDMap2 *>(map)) both->construct_rev_map();
  } else if (is_plain_ivf(index)) {
    // New rows get the numbers after the last, so the old ones must be 0 ..< ntotal.
    const std::vector<uint8_t> all(index.ntotal, 1);
    remove_from_lists(static_cast<faiss::IndexIVF &>(index), all.data());
    index.add(count, rows);
  } else if (dynamic_cast<faiss::IndexNSG *>(&index) || dynamic_cast<faiss::IndexNNDescent *>(&index)) {
    refuse(index, "add rows to a finished graph");
  } else {
    index.add(count, rows);
  }
}

} // namespace cfaiss
