// What each index type is called and which operations it may be asked for.
#include "Internal.h"
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

namespace {

constexpr unsigned search = 1u << CFAISS_SEARCH, read = search | 1u << CFAISS_RECONSTRUCT,
                   add = read | 1u << CFAISS_ADD, all = add | 1u << CFAISS_REMOVE;

struct Type {
  const std::type_info &info;
  const char *name;
  /// A bit for each operation. Those that hold other indexes ask them too.
  unsigned operations;
};

#define TYPE(name, operations) {typeid(faiss::name), #name, operations}
const Type types[] = {
    TYPE(IndexFlatL2, all),
    TYPE(IndexFlatIP, all),
    TYPE(IndexFlat, all),
    TYPE(IndexScalarQuantizer, all),
    TYPE(IndexPQ, all),
    TYPE(IndexPQFastScan, all),
    TYPE(IndexLSH, all),
    TYPE(IndexHNSWFlat, all),
    TYPE(IndexHNSWSQ, all),
    TYPE(IndexHNSWPQ, all),
    TYPE(IndexIVFFlat, all),
    TYPE(IndexIVFScalarQuantizer, all),
    TYPE(IndexIVFPQ, all),
    TYPE(IndexIVFPQFastScan, all),
    TYPE(IndexIVFPQR, add),
    TYPE(IndexIVFFlatDedup, search),
    TYPE(IndexNSGFlat, read),
    TYPE(IndexNSGPQ, read),
    TYPE(IndexNSGSQ, read),
    TYPE(IndexNNDescentFlat, read),
    TYPE(IndexIDMap, all),
    TYPE(IndexIDMap2, all),
    TYPE(IndexPreTransform, all),
    TYPE(IndexRefine, all),
    TYPE(IndexRefineFlat, all),
};
#undef TYPE

const Type *type_of(const faiss::Index &index) {
  for (const Type &type : types)
    if (type.info == typeid(index)) return &type;
  return nullptr;
}

const char *verb(CFaissOperation operation) {
  switch (operation) {
  case CFAISS_SEARCH: return "search";
  case CFAISS_RECONSTRUCT: return "give back its vectors";
  case CFAISS_REMOVE: return "remove rows";
  case CFAISS_ADD: return "add rows";
  }
  return "do this";
}

/// Whether a vector that went through can be brought back.
bool is_reversible(const faiss::VectorTransform &transform) {
  if (auto linear = dynamic_cast<const faiss::LinearTransform *>(&transform)) return linear->is_orthonormal;
  if (auto norm = dynamic_cast<const faiss::NormalizationTransform *>(&transform)) return norm->norm == 2.0f;
  return dynamic_cast<const faiss::ITQTransform *>(&transform) == nullptr;
}

/// Why the type itself cannot, whatever it holds.
std::string own_refusal(const faiss::Index &index, CFaissOperation operation) {
  const Type *type = type_of(index);
  if (!type) return "this type of index is not known to be safe with faiss 1.7.3";
  if (!(type->operations >> operation & 1))
    return std::string(type->name) + " cannot " + verb(operation) + " with faiss 1.7.3";
  if (operation == CFAISS_SEARCH && plain_codes(index))
    return "faiss 1.7.3 cannot search scalar quantizer codes of this type; scan the vectors instead";
  if (!index.is_trained && operation != CFAISS_REMOVE)
    return std::string(type->name) + " cannot " + verb(operation) + " before it is trained";
  if (operation == CFAISS_ADD && type->info == typeid(faiss::IndexIVFPQR) && !labels_of(index).empty())
    return "IndexIVFPQR cannot add rows after rows were removed with faiss 1.7.3";
  if (operation != CFAISS_RECONSTRUCT) return {};
  if (auto chain = dynamic_cast<const faiss::IndexPreTransform *>(&index))
    for (const faiss::VectorTransform *transform : chain->chain)
      if (!is_reversible(*transform))
        return "IndexPreTransform cannot give back its vectors: its transform has no way back";
  if (auto hashed = dynamic_cast<const faiss::IndexLSH *>(&index))
    if (hashed->rotate_data && !is_reversible(hashed->rrot))
      return "IndexLSH cannot give back its vectors: its rotation has no way back";
  return {};
}

} // namespace

const char *class_name(const faiss::Index &index) {
  const Type *type = type_of(index);
  return type ? type->name : "Index";
}

faiss::Index *wrapped(const faiss::Index &index) {
  // Template arguments keep IndexIDMap2 a subclass of IndexIDMap.
  if (auto map = dynamic_cast<const faiss::IndexIDMap *>(&index)) return map->index;
  if (auto chain = dynamic_cast<const faiss::IndexPreTransform *>(&index)) return chain->index;
  return nullptr;
}

std::string refusal(const faiss::Index &index, CFaissOperation operation) {
  std::string reason = own_refusal(index, operation);
  if (!reason.empty()) return reason;
  if (const faiss::Index *inner = wrapped(index)) return refusal(*inner, operation);
  if (auto refine = dynamic_cast<const faiss::IndexRefine *>(&index)) {
    // Only the refining index is asked for vectors.
    if (operation != CFAISS_RECONSTRUCT) reason = refusal(*refine->base_index, operation);
    return reason.empty() ? refusal(*refine->refine_index, operation) : reason;
  }
  return {};
}

} // namespace cfaiss
