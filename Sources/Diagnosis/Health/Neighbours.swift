import VectorStore

/// For documents, or some of them, those that a search for their own vector returns beside them.
struct Neighbours: Sendable {
  var k: Int
  /// The rows that were asked about.
  var rows: [Int]
  /// For each of `rows` its nearest others, nearest first.
  var nearest: [[ScoredRow]]
  /// Whether a search for its own vector returns each of `rows`.
  var isFound: [Bool]

  /// Up to so many rows every one is asked about; of more, `sample`.
  static let mostRows = 200_000
  static let sample = 2000
  /// The same for an index that answers by itself, one search at a time.
  static let mostAsked = 5000

  /// Asks about all rows of a flat store at once, exactly, or about a sample, one after another.
  ///
  /// Throws what ``PairSearch`` and ``StoreVersion/search(_:k:mask:ties:)`` throw.
  init(
    _ version: StoreVersion, k: Int, _ vectors: VectorSurvey, progress: @escaping PairSearch.Progress
  ) async throws {
    self.k = k
    let usable = vectors.norms.indices.filter(vectors.isUsable)
    let isFlat = version.parts.allSatisfy { $0.segment.vectors.faissIndex == nil }
    if isFlat, usable.count <= Self.mostRows {
      let all = try await PairSearch(version, mask: version.mask(rows: usable)).nearest(
        k: k, progress: progress)
      rows = usable
      nearest = usable.map { all[$0] }
      isFound = zip(rows, nearest).map { row, nearest in
        Self.isAmong(
          k, row, ownScore: Self.ownScore(vectors.norms[row], version.metric), nearest, version.metric)
      }
      return
    }
    let most = isFlat ? Self.sample : Self.mostAsked
    rows = usable.count <= most ? usable : (0..<Self.sample).map { usable[$0 * usable.count / Self.sample] }
    nearest = []
    isFound = []
    for (number, row) in rows.enumerated() {
      try Task.checkCancellation()
      let found = try await version.search(try version.vector(atRow: row), k: k + 1)
      nearest.append(found.filter { $0.row != row }.prefix(k).map { $0 })
      isFound.append(found.prefix(k).contains { $0.row == row })
      progress(Double(number + 1) / Double(rows.count))
    }
  }

  /// The score of a vector for itself.
  private static func ownScore(_ norm: Float, _ metric: Metric) -> Float {
    metric == .innerProduct ? norm * norm : 0
  }

  /// Whether a row stays among the first k when its others stand before it that score better, or as well from a
  /// lower row.
  private static func isAmong(
    _ k: Int, _ row: Int, ownScore: Float, _ nearest: [ScoredRow], _ metric: Metric
  ) -> Bool {
    guard nearest.count >= k, let last = nearest.last else { return true }
    // Sums in another order differ in their last bits.
    let margin = abs(ownScore) * 1e-5
    return metric == .innerProduct
      ? last.score < ownScore + margin : last.score > 0 || last.row > row
  }
}
