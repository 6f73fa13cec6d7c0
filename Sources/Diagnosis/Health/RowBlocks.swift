import VectorStore

/// Some rows of one part, in order: what is looked at in one go.
struct RowBlock: Sendable {
  let part: StoreVersion.Part
  /// The row of the first position.
  let firstRow: Int
  let positions: [Int]

  var rows: Range<Int> { firstRow..<firstRow + positions.count }
}

extension StoreVersion {
  /// Rows looked at between two looks at whether the check was cancelled.
  private static let blockRows = 2048
  /// Blocks that are looked at at the same time.
  private static let workers = 2

  /// What `work` makes of every block of rows, in row order; two blocks at a time.
  ///
  /// `report` learns how many rows are done. Throws what `work` throws, and `CancellationError`.
  func mapBlocks<R: Sendable>(
    report: @Sendable (Int) -> Void, _ work: @escaping @Sendable (RowBlock) throws -> R
  ) async throws -> [R] {
    var blocks: [RowBlock] = []
    for part in parts {
      let positions = part.live.members
      for start in stride(from: 0, to: positions.count, by: Self.blockRows) {
        let end = min(start + Self.blockRows, positions.count)
        blocks.append(
          RowBlock(part: part, firstRow: part.start + start, positions: Array(positions[start..<end])))
      }
    }
    return try await withThrowingTaskGroup(of: (Int, R).self) { group in
      var results = [R?](repeating: nil, count: blocks.count)
      var (next, done) = (0, 0)
      func start() {
        guard next < blocks.count else { return }
        let (number, block) = (next, blocks[next])
        next += 1
        group.addTask {
          try Task.checkCancellation()
          return (number, try work(block))
        }
      }
      for _ in 0..<Self.workers { start() }
      for try await (number, result) in group {
        results[number] = result
        done += blocks[number].positions.count
        report(done)
        start()
      }
      return results.compactMap { $0 }
    }
  }
}
