#ifndef CFAISS_H
#define CFAISS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

// A C face on faiss 1.7.3. No exception leaves it. A call that can fail answers a status and fills
// `error` (CFAISS_ERROR_LENGTH bytes). Handles are never changed after they are made, so any number
// of threads may use one. Files must have been checked before they come here: 1.7.3 trusts them.

#define CFAISS_ERROR_LENGTH 512

typedef struct CFaissIndex CFaissIndex;

typedef enum { CFAISS_OK = 0, CFAISS_FAILED = 1, CFAISS_UNSUPPORTED = 2 } CFaissStatus;

/// Makes an index from the bytes of an index file; the bytes are not kept. Corresponds to `read_index`.
CFaissStatus cfaiss_read(const void *bytes, size_t size, CFaissIndex **index, char *error);
void cfaiss_free(CFaissIndex *index);

int32_t cfaiss_dimension(const CFaissIndex *index);
/// Vectors in the index. Positions are 0 ..< count.
int64_t cfaiss_count(const CFaissIndex *index);
/// faiss's class: "IndexHNSWFlat". Static storage.
const char *cfaiss_class_name(const CFaissIndex *index);

/// The labels that searches answer with, by position; false when they are the positions themselves.
bool cfaiss_labels(const CFaissIndex *index, int64_t *labels);

/// The k nearest of each query: `queries` is [count, dimension]; `scores` and `labels` are [count, k],
/// best first, padded with label -1. An empty index answers padding. Corresponds to `Index::search`.
CFaissStatus cfaiss_search(const CFaissIndex *index, int64_t count, const float *queries, int64_t k, float *scores,
                           int64_t *labels, char *error);

/// Every vector as the index reconstructs it, [count, dimension] by position.
CFaissStatus cfaiss_reconstruct(const CFaissIndex *index, float *rows, char *error);

/// One vector by the label that searches answer with, [dimension], as faiss itself gives it: an id map of the
/// first kind and inverted lists without a direct map refuse. Corresponds to `Index::reconstruct`.
CFaissStatus cfaiss_reconstruct_label(const CFaissIndex *index, int64_t label, float *row, char *error);

/// A new index without the positions whose byte in `keep` is 0; the others move up. Inverted lists are
/// renumbered (faiss's own `remove_ids` leaves old numbers there), graphs are built again, id maps keep their labels.
CFaissStatus cfaiss_remove(const CFaissIndex *index, const uint8_t *keep, CFaissIndex **result, char *error);

/// A new index with `count` more rows at the end; an id map labels them from its largest label on.
CFaissStatus cfaiss_add(const CFaissIndex *index, int64_t count, const float *rows, CFaissIndex **result, char *error);

/// Hands the bytes of the index file to `sink` in order. Corresponds to `write_index`.
CFaissStatus cfaiss_write(const CFaissIndex *index, void (*sink)(void *context, const void *bytes, size_t size),
                          void *context, char *error);

#ifdef __cplusplus
}
#endif
#endif
