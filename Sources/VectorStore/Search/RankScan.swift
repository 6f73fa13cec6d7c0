import CScan

/// Where a row stands in the exact order of all rows for a query.
public struct RowStanding: Sendable, Hashable {
  public var row: Int
  /// NaN where the metric gives no number; such a row has no rank.
  public var score: Float
  /// Among all rows, counted from 1; equal scores by row.
  public var rank: Int?
  /// Among the rows of the mask; nil when it is not one of them.
  public var maskedRank: Int?
}

extension StoreVersion {
  /// Where each of `rows` stands for a query, whatever an approximate index would answer.
  ///
  /// Nothing is sorted: one pass over all vectors counts those that are nearer, O(count · (dimension +
  /// rows.count)). Throws as ``search(_:k:mask:ties:effort:)`` does; `.unsupported` for an index that cannot give
  /// its vectors back.
  public func standings(
    of rows: [Int], for query: [Float], mask: RowMask? = nil, ties: TieOrder = .row
  ) async throws -> [RowStanding] {
    guard query.count == dimension else {
      throw VectorStoreError.dimension(expected: dimension, found: query.count, what: "the query vector")
    }
    if case .other = metric { return try await sortedStandings(of: rows, for: query, mask: mask) }
    var scan = RankScan(query: query, metric: metric, largerRowFirst: ties == .faiss && metric.largerIsNearer)
    for row in rows {
      let place = place(ofRow: row)
      let isMasked = mask?.sets[place.part].contains(place.position) ?? true
      scan.add(row: row, vector: try vector(atRow: row), isMasked: isMasked)
    }
    for (part, set) in zip(parts, mask?.sets ?? parts.map(\.live)) where part.live.count > 0 {
      try scan.count(part, masked: set)
      await Task.yield()
    }
    return scan.standings
  }

  /// For metrics that only faiss computes: everything ranked, then looked up.
  private func sortedStandings(
    of rows: [Int], for query: [Float], mask: RowMask?
  ) async throws -> [RowStanding] {
    let all = try await search(query, k: count)
    let masked = if let mask { try await search(query, k: max(1, mask.count), mask: mask) } else { all }
    return rows.map { row in
      let place = all.firstIndex { $0.row == row }
      return RowStanding(
        row: row, score: place.map { all[$0].score } ?? .nan, rank: place.map { $0 + 1 },
        maskedRank: masked.firstIndex { $0.row == row }.map { $0 + 1 })
    }
  }
}

/// Counts, for some rows at once, how many others are nearer.
private struct RankScan {
  /// Rows scored at a time; also how often the scan looks whether it was cancelled.
  private static let block = 4096

  private struct Target {
    var row: Int
    var score: Float
    var isMasked: Bool
    var nearer = 0
    var nearerMasked = 0
  }

  let query: [Float]
  let metric: Metric
  /// Which of two equal scores comes first.
  let largerRowFirst: Bool
  private var targets: [Target] = []

  init(query: [Float], metric: Metric, largerRowFirst: Bool) {
    self.query = query
    self.metric = metric
    self.largerRowFirst = largerRowFirst
  }

  mutating func add(row: Int, vector: [Float], isMasked: Bool) {
    var score = [Float](repeating: 0, count: 1)
    vector.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      self.score(base, 1, &score)
    }
    targets.append(Target(row: row, score: score[0], isMasked: isMasked))
  }

  var standings: [RowStanding] {
    targets.map { target in
      RowStanding(
        row: target.row, score: target.score, rank: target.score.isNaN ? nil : target.nearer + 1,
        maskedRank: target.score.isNaN || !target.isMasked ? nil : target.nearerMasked + 1)
    }
  }

  /// Compares all live rows of a part with the targets.
  mutating func count(_ part: StoreVersion.Part, masked: RowSet) throws {
    var scores = [Float](repeating: 0, count: Self.block)
    var wasCancelled = false
    var row = part.start
    try part.segment.vectors.withRows { rows in
      for start in stride(from: 0, to: part.segment.count, by: Self.block) {
        wasCancelled = Task.isCancelled
        if wasCancelled { return }
        let end = min(start + Self.block, part.segment.count)
        score(rows + start * query.count * 4, end - start, &scores)
        part.live.forEach(in: start..<end) { position in
          compare(row, scores[position - start], isMasked: masked.contains(position))
          row += 1
        }
      }
    }
    if wasCancelled { throw CancellationError() }
  }

  private mutating func compare(_ row: Int, _ score: Float, isMasked: Bool) {
    for index in targets.indices {
      let target = targets[index]
      let isNearer =
        score == target.score
        ? (largerRowFirst ? row > target.row : row < target.row)
        : metric.largerIsNearer ? score > target.score : score < target.score
      guard isNearer else { continue }
      targets[index].nearer += 1
      if isMasked { targets[index].nearerMasked += 1 }
    }
  }

  private func score(_ rows: UnsafeRawPointer, _ count: Int, _ scores: inout [Float]) {
    switch metric {
    case .innerProduct: cscan_inner_product(query, rows, count, query.count, &scores)
    default: cscan_squared_l2(query, rows, count, query.count, &scores)
    }
  }
}
