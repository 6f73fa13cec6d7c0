import Faiss
import VectorStore

extension MapGroups {
  /// Vectors that are clustered, at most; all rows are then put to the cluster that is nearest.
  static let sample = 100_000
  /// Texts that are read to name a cluster.
  private static let textsRead = 400

  /// By k-means, largest cluster first, each named by its telling words.
  ///
  /// Rows that are not finite are in none. The clusters are found among at most 100,000 rows, evenly spread; their
  /// names come from at most 400 texts of each. `watch` is told how many of how many rows are done, and may throw.
  public init(
    clusters wanted: Int, of version: StoreVersion, watch: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws {
    let dimension = version.dimension
    let step = max(1, (version.count + Self.sample - 1) / Self.sample)
    var sample: [Float] = []
    try version.forEachBlock { first, vectors in
      for offset in 0..<vectors.count / dimension where (first + offset).isMultiple(of: step) {
        sample += Projection.finite(Array(vectors[offset * dimension..<(offset + 1) * dimension]), dimension)
      }
      try watch(first, version.count * 2)
    }
    let k = min(max(1, wanted), Self.most, sample.count / dimension)
    guard k > 0 else {
      self.init(names: [], byRow: Array(repeating: 0, count: version.count))
      return
    }
    let clustering = try Clustering(sample, dimension: dimension, k: k)
    var byRow: [UInt8] = []
    byRow.reserveCapacity(version.count)
    try version.forEachBlock { first, vectors in
      let groups = try clustering.groups(of: vectors)
      for (offset, group) in groups.enumerated() {
        let isFinite = vectors[offset * dimension..<(offset + 1) * dimension].allSatisfy(\.isFinite)
        byRow.append(isFinite ? UInt8(group + 1) : 0)
      }
      try watch(version.count + first, version.count * 2)
    }
    try self.init(clusters: byRow, k: k, of: version)
  }

  /// Numbers the clusters by their size and names them.
  private init(clusters: [UInt8], k: Int, of version: StoreVersion) throws {
    var rows = [[Int]](repeating: [], count: k)
    for (row, cluster) in clusters.enumerated() where cluster > 0 { rows[Int(cluster) - 1].append(row) }
    let order = rows.indices.filter { !rows[$0].isEmpty }.sorted { (rows[$1].count, $0) < (rows[$0].count, $1) }
    var words = TellingWords(groups: k)
    for cluster in order {
      try Task.checkCancellation()
      let step = max(1, rows[cluster].count / Self.textsRead)
      for place in stride(from: 0, to: rows[cluster].count, by: step).prefix(Self.textsRead) {
        words.add(version.document(atRow: rows[cluster][place]).content.string, to: cluster)
      }
    }
    var number = [UInt8](repeating: 0, count: k + 1)
    for (place, cluster) in order.enumerated() { number[cluster + 1] = UInt8(place + 1) }
    self.init(
      names: order.map { cluster in
        let telling = words.words(of: cluster)
        return telling.isEmpty ? "cluster \(number[cluster + 1])" : telling.joined(separator: " ")
      },
      byRow: clusters.map { number[Int($0)] })
  }

  /// By the score of each row for a query, `[dimension]`, nearest range first.
  ///
  /// Scores are those of a search to float32's precision; O(rows * dimension).
  public init(nearnessTo query: [Float], in version: StoreVersion) throws {
    var scores: [Double?] = []
    scores.reserveCapacity(version.count)
    let isProduct = version.metric.largerIsNearer
    try version.forEachBlock { _, vectors in
      vectors.withUnsafeBufferPointer { values in
        query.withUnsafeBufferPointer { query in
          for start in stride(from: 0, to: values.count, by: query.count) {
            var sum: Float = 0
            for column in 0..<query.count {
              let (a, b) = (values[start + column], query[column])
              sum += isProduct ? a * b : (a - b) * (a - b)
            }
            scores.append(sum.isFinite ? Double(sum) : nil)
          }
        }
      }
    }
    self.init(ranges: scores)
    if isProduct { reverse() }
  }

  private mutating func reverse() {
    let last = UInt8(names.count + 1)
    self = MapGroups(names: names.reversed(), byRow: byRow.map { $0 == 0 ? 0 : last - $0 })
  }
}
