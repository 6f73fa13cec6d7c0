// Removing rows, per type, so that the rows that stay are numbered 0 ..< m.
#include "Internal.h"
#include <algorithm>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVF.h>
#include <faiss/IndexIVFPQFastScan.h>
#include <faiss/IndexPQFastScan.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/MetaIndexes.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/impl/pq4_fast_scan.h>
#include <faiss/invlists/BlockInvertedLists.h>
#include <faiss/invlists/InvertedLists.h>

namespace cfaiss {

namespace {

/// Selects the positions whose byte is 0.
struct Dropped : faiss::IDSelector {
  const uint8_t *keep;
  explicit Dropped(const uint8_t *keep) : keep(keep) {}
  bool is_member(faiss::Index::idx_t id) const override { return !keep[id]; }
};

/// Moves a 4-bit packed vector, and so unmakes what stood at `to`. Blocks are of `block` vectors.
void move_packed(uint8_t *codes, size_t block, size_t subquantizers, size_t from, size_t to) {
  for (size_t sub = 0; sub < subquantizers; sub++) {
    const uint8_t code = faiss::pq4_get_packed_element(codes, block, subquantizers, from, sub);
    faiss::pq4_set_packed_element(codes, code, block, subquantizers, to, sub);
  }
}

/// 1.7.3's own `remove_ids` is wrong here: it packs by M where the codes are packed by M2.
void remove_packed(faiss::IndexFastScan &index, const uint8_t *keep) {
  int64_t kept = 0;
  for (int64_t i = 0; i < index.ntotal; i++) {
    if (!keep[i]) continue;
    if (kept != i) move_packed(index.codes.data(), index.bbs, index.M2, i, kept);
    kept++;
  }
  index.ntotal = kept;
  index.ntotal2 = (kept + index.bbs - 1) / index.bbs * index.bbs;
  index.codes.resize(index.ntotal2 * index.M2 / 2);
}

/// Keeps the vectors of one list whose new number is not negative.
void compact(faiss::IndexIVF &index, size_t list, const std::vector<int64_t> &numbers) {
  size_t kept = 0;
  if (auto lists = dynamic_cast<faiss::ArrayInvertedLists *>(index.invlists)) {
    uint8_t *codes = lists->codes[list].data();
    for (size_t i = 0; i < numbers.size(); i++) {
      if (numbers[i] < 0) continue;
      lists->ids[list][kept] = numbers[i];
      std::memmove(codes + kept * lists->code_size, codes + i * lists->code_size, lists->code_size);
      kept++;
    }
  } else if (auto lists = dynamic_cast<faiss::BlockInvertedLists *>(index.invlists)) {
    const auto &packed = dynamic_cast<const faiss::IndexIVFFastScan &>(index);
    for (size_t i = 0; i < numbers.size(); i++) {
      if (numbers[i] < 0) continue;
      lists->ids[list][kept] = numbers[i];
      if (kept != i) move_packed(lists->codes[list].data(), packed.bbs, packed.M2, i, kept);
      kept++;
    }
  } else {
    throw Unsupported("rows cannot be removed from inverted lists that are not in memory");
  }
  index.invlists->resize(list, kept);
}

void remove_from_lists(faiss::IndexIVF &index, const uint8_t *keep) {
  const std::vector<Place> places = places_of(index);
  std::vector<std::vector<int64_t>> numbers(index.nlist);
  for (size_t list = 0; list < index.nlist; list++) numbers[list].resize(index.invlists->list_size(list));
  int64_t next = 0;
  for (size_t i = 0; i < places.size(); i++)
    numbers[places[i].list][places[i].offset] = keep[i] ? next++ : -1;
  const auto map_type = index.direct_map.type;
  index.set_direct_map_type(faiss::DirectMap::NoMap);
  for (size_t list = 0; list < index.nlist; list++) compact(index, list, numbers[list]);
  index.ntotal = next;
  if (map_type != faiss::DirectMap::NoMap) index.set_direct_map_type(map_type);
}

/// Builds the graph anew from the rows that stay; a trained quantizer below it stays trained.
void rebuild(faiss::IndexHNSW &index, const uint8_t *keep) {
  std::vector<float> rows(index.ntotal * index.d);
  reconstruct_all(index, rows.data());
  int64_t kept = 0;
  for (int64_t i = 0; i < index.ntotal; i++)
    if (keep[i]) std::memmove(&rows[kept++ * index.d], &rows[i * index.d], index.d * sizeof(float));
  index.reset();
  if (kept > 0) index.add(kept, rows.data());
}

} // namespace

void remove(faiss::Index &index, const uint8_t *keep) {
  if (auto map = dynamic_cast<faiss::IndexIDMap *>(&index)) {
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
  } else if (auto refine = dynamic_cast<faiss::IndexRefine *>(&index)) {
    remove(*refine->base_index, keep);
    remove(*refine->refine_index, keep);
    refine->ntotal = refine->refine_index->ntotal;
  } else if (auto packed = dynamic_cast<faiss::IndexFastScan *>(&index)) {
    remove_packed(*packed, keep);
  } else if (auto inverted = dynamic_cast<faiss::IndexIVF *>(&index)) {
    remove_from_lists(*inverted, keep);
  } else if (auto graph = dynamic_cast<faiss::IndexHNSW *>(&index)) {
    rebuild(*graph, keep);
  } else {
    index.remove_ids(Dropped(keep));
  }
}

} // namespace cfaiss
