import CScan
import Synchronization

extension StoreVersion {
  /// The `k` nearest rows to each of many queries, as ``search(_:k:mask:ties:)`` answers for one.
  ///
  /// In a store that is scanned several queries share a pass over the codes, which takes a fraction of the time of
  /// one after the other; an index that answers itself gets one after the other. Throws ``VectorStoreError``
  /// `.dimension`, what reading the vectors throws, and `CancellationError`.
  public func search(
    queries: [[Float]], k: Int, mask: RowMask? = nil, progress: @escaping PairSearch.Progress = { _ in }
  ) async throws -> [[ScoredRow]] {
    for query in queries where query.count != dimension {
      throw VectorStoreError.dimension(expected: dimension, found: query.count, what: "the query vector")
    }
    if queries.count > 1, k > 0, count > 0, mask != nil || answeringIndex == nil, metric.isScanned,
      ByteCodes.hasCodes(dimension: dimension)
    {
      return try await scan(queries, k: k, mask: mask, progress: progress)
    }
    var answers: [[ScoredRow]] = []
    for query in queries {
      answers.append(try await search(query, k: k, mask: mask))
      progress(Double(answers.count) / Double(queries.count))
    }
    return answers
  }

  private func scan(
    _ queries: [[Float]], k: Int, mask: RowMask?, progress: @escaping PairSearch.Progress
  ) async throws -> [[ScoredRow]] {
    let path = cscan_best_codes_path()
    let rows = try await PanelSet(self, mask: mask, mostRows: CodePanel.mostRows, path: path)
    let others = try await PanelSet(
      queries: queries.flatMap { $0 }, dimension: dimension, mostRows: CodePanel.mostRows, path: path)
    let best = PanelTops(others, k: k, metric: metric)
    let unwanted = best.unwanted
    _ = try await PanelJoin(rows: rows, queries: others).run(
      metric: metric, width: dimension,
      limits: { first, second in
        (
          CodePanel.numbers(rows.places[first].count, unwanted),
          best.limits(of: second, from: row(rows.places[first], 0))
        )
      }, progress: progress
    ) { tile in
      best.offer(
        tile.pairs.map { ($0.second, row(rows.places[tile.first], $0.first), $0.score) }, to: tile.second)
      return true
    }
    return best.sorted
  }

  /// The row that is at an index of a panel.
  func row(_ place: CodePanel.Place, _ index: Int) -> Int {
    let part = parts[place.part]
    return part.start + part.live.rank(of: place.position(index))
  }
}

/// The nearest up to now of each row of a set of panels.
final class PanelTops: Sendable {
  private let best: Mutex<[[TopRows]]>
  private let k: Int
  private let metric: Metric
  private let dimension: Int

  init(_ panels: PanelSet, k: Int, metric: Metric) {
    best = Mutex(panels.places.map { [TopRows](repeating: TopRows(k: k, metric: metric), count: $0.count) })
    self.k = k
    self.metric = metric
    dimension = panels.dimension
  }

  /// The limit of a row that wants no other.
  var unwanted: Float { metric == .innerProduct ? .infinity : -1 }

  /// What the rows of a panel want of others from row `first` on.
  func limits(of panel: Int, from first: Int) -> [Float] {
    best.withLock { best in
      var limits = CodePanel.numbers(best[panel].count)
      for (index, top) in best[panel].enumerated() { limits[index] = limit(top, from: first) }
      return limits
    }
  }

  private func limit(_ best: TopRows, from first: Int) -> Float {
    guard k > 0 else { return unwanted }
    guard let worst = best.worst else { return metric == .innerProduct ? -.infinity : .infinity }
    if metric == .innerProduct { return worst.score }
    // Nothing is nearer than equal; equal rows come in the order of their numbers.
    if worst.score == 0, worst.row < first { return unwanted }
    return ScanError.radius(worst.score, dimension: dimension)
  }

  /// Offers rows to those at indices of a panel, in any order.
  func offer(_ scored: [(index: Int, row: Int, score: Float)], to panel: Int) {
    best.withLock { best in
      for entry in scored { best[panel][entry.index].offer(entry.row, entry.score) }
    }
  }

  /// By panel, then index: those of each row, nearest first.
  var sorted: [[ScoredRow]] { best.withLock { $0.flatMap { $0.map(\.sorted) } } }
}
