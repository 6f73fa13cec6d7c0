import CScan

/// A plain scan of all selected vectors: the definition of an exact answer.
///
/// Scores are Float32 sums over the dimensions in the kernel's order; equal scores are ordered by
/// row. L2 and inner product only.
package struct ExactScan: Sendable {
  /// Rows scored at a time; also how often a scan looks whether it was cancelled.
  private static let block = 4096
  /// Below this many floats a second thread costs more than it saves.
  private static let floatsWorthAThread = 1 << 21

  let query: [Float]
  let metric: Metric
  let k: Int
  let ties: TieOrder

  package init(query: [Float], metric: Metric, k: Int, ties: TieOrder = .row) {
    self.query = query
    self.metric = metric
    self.k = k
    self.ties = ties
  }

  /// The k nearest among `selected` of `part`.
  ///
  /// Runs on several threads when that pays.
  package func nearest(in part: StoreVersion.Part, selected: RowSet) async throws -> TopRows {
    let count = part.segment.count
    let workers = ties == .faiss || count * query.count < Self.floatsWorthAThread ? 1 : 2
    if workers == 1 { return try scan(part, selected, 0..<count) }
    let share = (count / workers / 64 + 1) * 64
    return try await withThrowingTaskGroup(of: TopRows.self) { group in
      for start in stride(from: 0, to: count, by: share) {
        group.addTask { try scan(part, selected, start..<min(count, start + share)) }
      }
      var best = TopRows(k: k, metric: metric, ties: ties)
      for try await found in group { best.offer(contentsOf: found) }
      return best
    }
  }

  private func scan(_ part: StoreVersion.Part, _ selected: RowSet, _ range: Range<Int>) throws -> TopRows {
    var best = TopRows(k: k, metric: metric, ties: ties)
    let dimension = query.count
    // A dense block is scored whole; where few rows are selected each is scored alone.
    let isSparse = selected.count < selected.capacity / 4
    var scores = [Float](repeating: 0, count: Self.block)
    var wasCancelled = false
    try part.segment.vectors.withRows { rows in
      var start = range.lowerBound
      while start < range.upperBound {
        if Task.isCancelled {
          wasCancelled = true
          return
        }
        Task.giveWay()
        let end = min(start + Self.block, range.upperBound)
        if isSparse {
          selected.forEach(in: start..<end) { position in
            score(rows + position * dimension * 4, 1, &scores)
            best.offer(part.start + part.live.rank(of: position), scores[0])
          }
        } else {
          score(rows + start * dimension * 4, end - start, &scores)
          var row = part.start + (start < part.live.capacity ? part.live.rank(of: start) : 0)
          part.live.forEach(in: start..<end) { position in
            if selected.contains(position) { best.offer(row, scores[position - start]) }
            row += 1
          }
        }
        start = end
      }
    }
    if wasCancelled { throw CancellationError() }
    return best
  }

  @inline(__always)
  private func score(_ rows: UnsafeRawPointer, _ count: Int, _ scores: inout [Float]) {
    switch metric {
    case .innerProduct: cscan_inner_product(query, rows, count, query.count, &scores)
    default: cscan_squared_l2(query, rows, count, query.count, &scores)
    }
  }
}
