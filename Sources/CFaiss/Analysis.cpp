// What is computed over many rows at once with BLAS, LAPACK and faiss's clustering.
#include "Internal.h"
#include <algorithm>
#include <cmath>
#include <faiss/Clustering.h>
#include <faiss/IndexFlat.h>
#include <faiss/utils/distances.h>

extern "C" {
// Fortran's calling convention: everything by address, matrices by column.
void ssyrk_(const char *triangle, const char *transposed, const int *order, const int *depth, const float *alpha,
            const float *a, const int *a_stride, const float *beta, float *c, const int *c_stride);
void dsyevr_(const char *job, const char *range, const char *triangle, const int *order, double *a,
             const int *a_stride, const double *low, const double *high, const int *first, const int *last,
             const double *tolerance, int *found, double *values, double *vectors, const int *vectors_stride,
             int *support, double *work, const int *work_size, int *integers, const int *integers_size, int *info);
}

namespace cfaiss {

namespace {

void require_finite(const float *values, size_t count) {
  if (!std::all_of(values, values + count, [](float value) { return std::isfinite(value); }))
    throw BadArgument("expected finite values");
}

/// The eigenvectors of the `count` largest eigenvalues, largest first.
void largest_axes(int order, double *matrix, int count, double *values, double *axes) {
  const int first = order - count + 1;
  const double unused = 0;
  int found = 0, info = 0;
  std::vector<double> ascending(order), vectors(size_t(order) * count);
  std::vector<int> support(2 * size_t(count));
  double wanted_work = 0;
  int wanted_integers = 0;
  int work_size = -1, integers_size = -1;
  auto call = [&](double *work, int *integers) {
    dsyevr_("V", "I", "L", &order, matrix, &order, &unused, &unused, &first, &order, &unused, &found,
            ascending.data(), vectors.data(), &order, support.data(), work, &work_size, integers, &integers_size,
            &info);
  };
  // The first call only asks how much room the second needs.
  call(&wanted_work, &wanted_integers);
  work_size = static_cast<int>(wanted_work);
  integers_size = wanted_integers;
  std::vector<double> work(work_size);
  std::vector<int> integers(integers_size);
  call(work.data(), integers.data());
  if (info != 0 || found != count)
    throw std::runtime_error("LAPACK's dsyevr answered " + std::to_string(info));
  for (int axis = 0; axis < count; axis++) {
    values[axis] = ascending[count - 1 - axis];
    std::copy_n(vectors.data() + size_t(count - 1 - axis) * order, order, axes + size_t(axis) * order);
  }
}

} // namespace

} // namespace cfaiss

using namespace cfaiss;

CFaissStatus cfaiss_add_products(int32_t dimension, int64_t count, const float *rows, double *sums, char *error) {
  return guarded(error, [&] {
    const float one = 1, zero = 0;
    const int order = dimension, depth = static_cast<int>(count);
    std::vector<float> block(size_t(dimension) * dimension);
    ssyrk_("U", "N", &order, &depth, &one, rows, &order, &zero, block.data(), &order);
    // BLAS's upper triangle by column is the lower one by row.
    for (size_t row = 0; row < size_t(dimension); row++)
      for (size_t column = 0; column <= row; column++)
        sums[row * dimension + column] += block[row * dimension + column];
  });
}

CFaissStatus cfaiss_largest_axes(int32_t dimension, double *sums, int32_t count, double *values, double *axes,
                                 char *error) {
  return guarded(error, [&] {
    if (count < 1 || count > dimension) throw BadArgument("expected from 1 to as many axes as dimensions");
    for (size_t row = 0; row < size_t(dimension); row++)
      for (size_t column = 0; column < row; column++)
        sums[column * dimension + row] = sums[row * dimension + column];
    largest_axes(dimension, sums, count, values, axes);
  });
}

CFaissStatus cfaiss_cluster(int32_t dimension, int64_t count, const float *rows, int32_t k, float *centroids,
                            char *error) {
  return guarded(error, [&] {
    if (k < 1 || k > count) throw BadArgument("expected from 1 to as many clusters as rows");
    require_finite(rows, size_t(count) * dimension);
    faiss::ClusteringParameters parameters;
    // Few rows are no mistake here, and none is left out.
    parameters.min_points_per_centroid = 1;
    parameters.max_points_per_centroid = static_cast<int>(count / k + 1);
    faiss::Clustering clustering(dimension, k, parameters);
    faiss::IndexFlatL2 nearest(dimension);
    clustering.train(count, rows, nearest);
    std::copy(clustering.centroids.begin(), clustering.centroids.end(), centroids);
  });
}

CFaissStatus cfaiss_assign(int32_t dimension, int64_t count, const float *rows, int32_t k, const float *centroids,
                           int64_t *clusters, char *error) {
  return guarded(error, [&] {
    std::vector<float> distances(count);
    faiss::float_maxheap_array_t heaps{size_t(count), 1, clusters, distances.data()};
    faiss::knn_L2sqr(rows, centroids, dimension, count, k, &heaps);
  });
}
