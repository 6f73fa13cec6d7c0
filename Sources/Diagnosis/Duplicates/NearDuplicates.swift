import VectorStore

/// Documents whose vectors nearly agree and whose texts differ.
enum NearDuplicates {
  /// Vectors longer than so many times the usual one are left out: they would blur what near means.
  private static let longest: Float = 2

  /// Groups of `rows`, each within `distance` of the first of its group.
  ///
  /// The distance is the squared one of vectors, divided by the product of their lengths: of vectors of length 1 that
  /// of an L2 index. A row joins the group of the lowest row that is near to it and is in no other's. Nil where more
  /// pairs are near than can be listed. Exact; ``PairSearch/pairs(within:most:progress:)``.
  static func groups(
    of rows: [Int], within distance: Float, _ vectors: VectorSurvey, in version: StoreVersion,
    progress: @escaping PairSearch.Progress
  ) async throws -> [[Int]]? {
    let lengths = rows.map { vectors.norms[$0] }.sorted()
    guard lengths.count > 1 else { return [] }
    let limit = lengths[lengths.count / 2] * longest
    let compared = rows.filter { vectors.norms[$0] <= limit }
    let reach = min(limit, lengths[lengths.count - 1])
    let search = try await PairSearch(version, mask: version.mask(rows: compared))
    guard let pairs = try await search.pairs(within: distance * reach * reach, progress: progress) else {
      return nil
    }
    return groups(
      pairs.filter { $0.squaredDistance <= distance * vectors.norms[$0.first] * vectors.norms[$0.second] }
        .map { ($0.first, $0.second) })
  }

  /// The groups that pairs make, by first row; `pairs` come by first row and have the lower row first.
  static func groups(_ pairs: [(Int, Int)]) -> [[Int]] {
    var first: [Int: Int] = [:]
    var groups: [Int: [Int]] = [:]
    for (a, b) in pairs where first[a] == nil && first[b] == nil {
      first[b] = a
      groups[a, default: [a]].append(b)
    }
    return groups.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}
