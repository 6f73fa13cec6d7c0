// What a search may ask for, and the settings that 1.7.3 keeps in the index.
#include "Internal.h"
#include <algorithm>
#include <cmath>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVF.h>
#include <faiss/IndexNNDescent.h>
#include <faiss/IndexNSG.h>
#include <faiss/IndexRefine.h>

namespace cfaiss {

namespace {

/// The index that does the first search, inside id maps, transforms and refinements.
const faiss::Index &innermost(const faiss::Index &index) {
  if (const faiss::Index *inner = wrapped(index)) return innermost(*inner);
  if (auto refine = dynamic_cast<const faiss::IndexRefine *>(&index)) return innermost(*refine->base_index);
  return index;
}

} // namespace

int64_t answer_limit(const faiss::Index &index) {
  // NNDescent divides by the difference of the two to draw where a search begins.
  const bool draws = dynamic_cast<const faiss::IndexNNDescent *>(&innermost(index));
  return std::max<int64_t>(0, draws ? index.ntotal - 1 : index.ntotal);
}

void check_queries(const faiss::Index &index, int64_t count, const float *queries) {
  const faiss::Index &inner = innermost(index);
  if (!dynamic_cast<const faiss::IndexNSG *>(&inner) && !dynamic_cast<const faiss::IndexNNDescent *>(&inner))
    return;
  // Both sort by distance in a way that runs off the end when a distance is no number.
  constexpr float largest = 1e15f;
  for (int64_t i = 0; i < count * index.d; i++)
    if (!(std::fabs(queries[i]) <= largest))
      throw BadArgument("expected a query of finite values of ordinary size");
}

size_t *nprobe_of(const faiss::Index &index) {
  auto inverted = dynamic_cast<faiss::IndexIVF *>(const_cast<faiss::Index *>(&innermost(index)));
  return inverted ? &inverted->nprobe : nullptr;
}

int *ef_search_of(const faiss::Index &index) {
  auto graph = dynamic_cast<faiss::IndexHNSW *>(const_cast<faiss::Index *>(&innermost(index)));
  return graph ? &graph->hnsw.efSearch : nullptr;
}

int64_t nprobe(const faiss::Index &index) {
  const size_t *nprobe = nprobe_of(index);
  return nprobe ? static_cast<int64_t>(*nprobe) : -1;
}

int64_t ef_search(const faiss::Index &index) {
  const int *ef_search = ef_search_of(index);
  return ef_search ? *ef_search : -1;
}

int64_t list_count(const faiss::Index &index) {
  auto inverted = dynamic_cast<const faiss::IndexIVF *>(&innermost(index));
  return inverted ? static_cast<int64_t>(inverted->nlist) : -1;
}

void set_nprobe(faiss::Index &index, int64_t nprobe) {
  size_t *const place = nprobe_of(index);
  if (!place) throw Unsupported(std::string(class_name(index)) + " has no inverted lists, so no nprobe");
  if (nprobe < 1) throw BadArgument("expected nprobe of at least 1");
  *place = std::min(nprobe, list_count(index));
}

void set_ef_search(faiss::Index &index, int64_t ef_search) {
  int *const place = ef_search_of(index);
  if (!place) throw Unsupported(std::string(class_name(index)) + " is no HNSW graph, so it has no efSearch");
  if (ef_search < 1) throw BadArgument("expected efSearch of at least 1");
  *place = static_cast<int>(std::min<int64_t>(ef_search, std::max<int64_t>(1, index.ntotal)));
}

} // namespace cfaiss
