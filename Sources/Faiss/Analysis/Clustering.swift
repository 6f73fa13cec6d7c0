import CFaiss

/// Groups of vectors that lie together: k-means with squared L2, as faiss computes it.
public struct Clustering: Sendable, Equatable {
  public let dimension: Int
  /// `[k, dimension]`.
  public let centroids: [Float]
  public var k: Int { centroids.count / dimension }

  /// Finds `k` groups among rows, `[n, dimension]`, at least `k` of them and all finite.
  ///
  /// The same rows give the same groups. The corresponding faiss class is `Clustering`; 25 rounds, so
  /// `25 * n * k * dimension` multiplications.
  public init(_ rows: [Float], dimension: Int, k: Int) throws(FaissError) {
    var centroids = [Float](repeating: 0, count: max(0, k) * dimension)
    try FaissIndex.checked {
      cfaiss_cluster(Int32(dimension), Int64(rows.count / dimension), rows, Int32(clamping: k), &centroids, $0)
    }
    self.dimension = dimension
    self.centroids = centroids
  }

  /// The group of each row, `[n, dimension]`: that of the nearest centroid.
  public func groups(of rows: [Float]) throws(FaissError) -> [Int] {
    var groups = [Int64](repeating: 0, count: rows.count / dimension)
    try FaissIndex.checked {
      cfaiss_assign(
        Int32(dimension), Int64(groups.count), rows, Int32(k), centroids, &groups, $0)
    }
    return groups.map { max(0, Int($0)) }
  }
}
