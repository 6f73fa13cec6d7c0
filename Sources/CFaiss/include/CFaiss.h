#ifndef CFAISS_H
#define CFAISS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// A C face on faiss 1.7.3. No exception leaves it. A call that can fail answers a status and fills
// `error` (CFAISS_ERROR_LENGTH bytes, a C string). Handles are never changed after they are shared, so any
// number of threads may use one. Files must have been checked before they come here: 1.7.3 trusts them.
//
// A position is a row's place, 0 ..< count. A label is the number that searches answer with. They are the
// same unless the index is an id map, or inverted lists from which faiss has removed rows.

#define CFAISS_ERROR_LENGTH 512

typedef struct CFaissIndex CFaissIndex;

typedef enum {
  CFAISS_OK = 0,
  /// faiss refused; the error is its own.
  CFAISS_FAILED = 1,
  /// The index is sound, but its type has no such operation; faiss was not asked.
  CFAISS_UNSUPPORTED = 2,
  /// The arguments do not fit the index or each other.
  CFAISS_ARGUMENT = 3,
} CFaissStatus;

typedef enum {
  CFAISS_SEARCH = 0,
  CFAISS_RECONSTRUCT = 1,
  CFAISS_REMOVE = 2,
  CFAISS_ADD = 3,
} CFaissOperation;

/// Makes an index from the bytes of an index file; the bytes are not kept. Corresponds to `read_index`.
///
/// An `nprobe` above the number of lists becomes that number, which searches the same.
CFaissStatus cfaiss_read(const void *bytes, size_t size, CFaissIndex **index, char *error);

/// Ends a handle; NULL is fine.
void cfaiss_free(CFaissIndex *index);

int32_t cfaiss_dimension(const CFaissIndex *index);
/// Vectors in the index.
int64_t cfaiss_count(const CFaissIndex *index);
/// faiss's number: 0 inner product, 1 squared L2, others for some types.
int32_t cfaiss_metric(const CFaissIndex *index);
/// The exponent of the Lp metric.
float cfaiss_metric_argument(const CFaissIndex *index);
bool cfaiss_is_trained(const CFaissIndex *index);
/// faiss's class: "IndexHNSWFlat"; "Index" for one that the face does not know. Static storage.
const char *cfaiss_class_name(const CFaissIndex *index);

/// Whether an operation is allowed; if not, `error` says why.
///
/// Scalar quantizers of bf16 and of signed bytes, which came after 1.7.3, are decoded and encoded here and cannot be
/// searched: whoever wants to ranks what `cfaiss_reconstruct_all` gives.
///
/// The answer comes from a table by type, before faiss is asked: some refusals of 1.7.3 are thrown inside
/// OpenMP regions, which ends the process.
bool cfaiss_supports(const CFaissIndex *index, CFaissOperation operation, char *error);

/// The labels by position, [count]; false, with `labels` untouched, when they are the positions themselves.
bool cfaiss_labels(const CFaissIndex *index, int64_t *labels);

/// The number of lists that a search visits; -1 when the index has none. Looks inside id maps and transforms.
int64_t cfaiss_nprobe(const CFaissIndex *index);
/// The number of candidates that a graph search keeps; -1 when the index is no HNSW graph.
int64_t cfaiss_ef_search(const CFaissIndex *index);

/// The number of inverted lists; -1 when the index has none.
int64_t cfaiss_list_count(const CFaissIndex *index);

/// Sets `nprobe` of inverted lists, at most their number. Only before the handle is shared.
CFaissStatus cfaiss_set_nprobe(CFaissIndex *index, int64_t nprobe, char *error);
/// Sets `efSearch` of an HNSW graph; 1.7.3 ignores it in search parameters. Only before the handle is shared.
CFaissStatus cfaiss_set_ef_search(CFaissIndex *index, int64_t ef_search, char *error);

/// The k nearest of each query: `queries` is [count, dimension]; `scores` and `labels` are [count, k],
/// best first, padded with label -1 and score NaN. An empty index answers padding. `Index::search`.
///
/// `nprobe` and `ef_search` are this search's own, which then has the index alone; 0 is what the index has.
CFaissStatus cfaiss_search(const CFaissIndex *index, int64_t count, const float *queries, int64_t k,
                           int64_t nprobe, int64_t ef_search, float *scores, int64_t *labels,
                           char *error);

/// The vector at a position as the index reconstructs it, [dimension]. `Index::reconstruct`.
CFaissStatus cfaiss_reconstruct(const CFaissIndex *index, int64_t position, float *row, char *error);

/// The vector that searches call `label`, [dimension], where faiss itself can give it: an id map of the first
/// kind and inverted lists without a direct map refuse. Corresponds to `Index::reconstruct`.
CFaissStatus cfaiss_reconstruct_label(const CFaissIndex *index, int64_t label, float *row, char *error);

/// Every vector as the index reconstructs it, [count, dimension] by position.
CFaissStatus cfaiss_reconstruct_all(const CFaissIndex *index, float *rows, char *error);

/// A new index without the positions whose byte in `keep` ([count]) is 0; the others move up in order.
///
/// Inverted lists are renumbered 0 ..< m in the order of their labels, and their direct map is built again:
/// faiss's own `remove_ids` leaves the old numbers there, after which LangChain shows the wrong documents.
/// HNSW graphs are built again from the rows that stay, with the same parameters.
///
/// An id map keeps the labels of the rows that stay. In a LangChain folder with such an index the keys of
/// `index_to_docstore_id` are labels. LangChain's own delete numbers those keys anew and every search fails
/// after it; whoever saves the result must write `cfaiss_labels` of the new index as the keys, in the order
/// of positions, with the docstore ids of the rows that stay.
CFaissStatus cfaiss_remove(const CFaissIndex *index, const uint8_t *keep, CFaissIndex **result, char *error);

/// A new index with `count` more rows, [count, dimension], at the end.
///
/// `labels` ([count]) is for id maps alone; NULL numbers the new rows on from the largest label. `rows` must
/// be finite where they are sorted into inverted lists: faiss would count the others and store them nowhere.
CFaissStatus cfaiss_add(const CFaissIndex *index, int64_t count, const float *rows, const int64_t *labels,
                        CFaissIndex **result, char *error);

/// Hands the bytes of the index file to `sink`, in pieces and in order. Corresponds to `write_index`.
CFaissStatus cfaiss_write(const CFaissIndex *index,
                          void (*sink)(void *context, const void *bytes, size_t size), void *context,
                          char *error);

/// Adds the products of the columns of `rows` ([count, dimension]) to `sums` ([dimension, dimension], of which only
/// row >= column is touched): `rows^T * rows` in float32, added in float64. Corresponds to BLAS's `syrk`.
CFaissStatus cfaiss_add_products(int32_t dimension, int64_t count, const float *rows, double *sums, char *error);

/// The eigenvectors of the `count` largest eigenvalues of what `cfaiss_add_products` has summed up, largest first:
/// `values` is [count], `axes` [count, dimension] of length 1. Uses `sums` up. LAPACK's `dsyevr`.
CFaissStatus cfaiss_largest_axes(int32_t dimension, double *sums, int32_t count, double *values, double *axes,
                                 char *error);

/// k-means, with squared L2, from a fixed seed: `rows` ([count, dimension]) must be finite, `centroids` is
/// [k, dimension]. faiss's `Clustering`.
CFaissStatus cfaiss_cluster(int32_t dimension, int64_t count, const float *rows, int32_t k, float *centroids,
                            char *error);

/// The nearest centroid of each row, [count]. faiss's `knn_L2sqr`.
CFaissStatus cfaiss_assign(int32_t dimension, int64_t count, const float *rows, int32_t k, const float *centroids,
                           int64_t *clusters, char *error);

/// How many threads faiss may use from now on, in the whole process; the default is one for each processor.
void cfaiss_set_threads(int32_t count);

/// Whether faiss computes distances with the kernels of CScan; if not, it does with its own for SSE2.
bool cfaiss_uses_scan_kernels(void);

#ifdef __cplusplus
}
#endif
#endif
