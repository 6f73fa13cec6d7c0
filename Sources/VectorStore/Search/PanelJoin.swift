import CScan
import Synchronization

/// Holds every row of a store against every other, or against queries, a tile of two panels at a time.
///
/// Products of codes say which pairs of a tile can be near enough; those alone are scored, by the kernels that score
/// them in a search.
struct PanelJoin: Sendable {
  /// The scored pairs of two panels.
  struct Tile {
    struct Pair {
      /// Indices of rows in the two panels; in a tile of a panel with itself the first is less.
      var first: Int
      var second: Int
      var score: Float
    }

    /// Numbers of the panels.
    let first: Int
    let second: Int
    var pairs: [Pair] = []
  }

  /// Gives what the rows of two panels want of each other: limits as ``cscan_panel_rows`` has them.
  typealias Limits = @Sendable (_ first: Int, _ second: Int) -> (first: [Float], second: [Float])

  /// What there is to do, in the order in which it is taken.
  private final class Agenda: Sendable {
    private let state = Mutex((next: 0, done: 0, isEnded: false))

    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// The next item, or nil at the end.
    func take(of count: Int) -> Int? {
      state.withLock { state in
        guard !state.isEnded, state.next < count else { return nil }
        state.next += 1
        return state.next - 1
      }
    }

    /// How many tiles are done with this one; nil where it was the last that was wanted.
    func finish(isLast: Bool) -> Int? {
      state.withLock { state in
        state.done += 1
        if isLast { state.isEnded = true }
        return state.isEnded ? nil : state.done
      }
    }
  }

  /// What a thread works in.
  private struct Workspace {
    var products: [Int32] = []
    var near: [UInt32] = []
    var query: [Float]
  }

  /// Where more of the pairs than one in so many would be scored, more dimensions are multiplied.
  private static let leastSaved = 256

  let rows: PanelSet
  /// Nil for the rows themselves.
  let queries: PanelSet?

  private var others: PanelSet { queries ?? rows }

  /// Scores each pair that can be within the wider of both limits, once.
  ///
  /// The first of a tile is a panel of the rows. `limits` and `take` are called on two threads; `take` ends the run
  /// by answering false. Tests use the first `width` dimensions. Returns false where it was ended. Throws what
  /// reading the vectors throws, and `CancellationError`.
  func run(
    metric: Metric, width: Int, limits: @escaping Limits, progress: @escaping PairSearch.Progress,
    take: @escaping @Sendable (Tile) -> Bool
  ) async throws -> Bool {
    let agenda = Agenda()
    let count = rows.places.count
    let total = queries.map { count * $0.places.count } ?? count * (count + 1) / 2
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(2, count) {
        group.addTask {
          var workspace = Workspace(query: .init(repeating: 0, count: rows.dimension))
          while let item = agenda.take(of: queries == nil ? 2 * count : count) {
            let first = item % count
            let a = try rows.panel(first, metric, width: width)
            for second in seconds(item) {
              try Task.checkCancellation()
              let tile = try tile(a, first, second, metric, width, limits(first, second), &workspace)
              guard let done = agenda.finish(isLast: !take(tile)) else { return }
              if done % 64 == 0 || done == total { progress(Double(done) / Double(total)) }
              await Task.yield()
            }
          }
        }
      }
      try await group.waitForAll()
    }
    return !agenda.isEnded
  }

  /// Which panels the panel of an item meets.
  private func seconds(_ item: Int) -> Range<Int> {
    let count = rows.places.count
    if let queries { return 0..<queries.places.count }
    // Neighbours in a store are often near, so panels by themselves, which come first, narrow the limits.
    return item < count ? item..<item + 1 : item - count + 1..<count
  }

  /// How many dimensions tell apart most pairs that are farther from each other than `radius`.
  ///
  /// Any number is right; this one is quick. Looks at some tiles from all over the store. Throws as
  /// ``PanelSet/panel(_:_:width:)`` does.
  func width(radius: Float) throws(VectorStoreError) -> Int {
    let count = rows.places.count
    let samples = (0..<min(count, 8)).map { $0 * count / min(count, 8) }
    for width in [64, 128, 256] where width <= rows.dimension / 2 {
      var near = 0
      var all = 0
      for (first, second) in zip(samples, samples.dropFirst() + samples.prefix(1)) {
        guard let a = try rows.panel(first, .squaredL2, width: width),
          let b = try rows.panel(second, .squaredL2, width: width)
        else { break }
        near += a.countNear(in: b, radius: radius)
        all += a.count * b.count
      }
      if near * Self.leastSaved <= all { return width }
    }
    return rows.dimension
  }

  // MARK: Tiles

  private func tile(
    _ a: CodePanel?, _ first: Int, _ second: Int, _ metric: Metric, _ width: Int,
    _ limits: (first: [Float], second: [Float]), _ workspace: inout Workspace
  ) throws(VectorStoreError) -> Tile {
    var tile = Tile(first: first, second: second)
    let isItself = queries == nil && first == second
    let b = isItself ? a : try others.panel(second, metric, width: width)
    if let a, let b { a.multiply(b, into: &workspace.products) }
    for index in 0..<rows.places[first].count {
      // A panel by itself has each pair twice.
      let least = isItself ? index + 1 : 0
      if let a, let b {
        let count = a.findNear(
          index, limits: limits.first, in: b, limits: limits.second, products: workspace.products,
          near: &workspace.near)
        for other in workspace.near[..<count] where other >= least {
          tile.pairs.append(.init(first: index, second: Int(other), score: 0))
        }
      } else {
        for other in 0..<others.places[second].count where other >= least {
          tile.pairs.append(.init(first: index, second: other, score: 0))
        }
      }
    }
    try score(&tile, metric, &workspace.query)
    return tile
  }

  private func score(_ tile: inout Tile, _ metric: Metric, _ query: inout [Float]) throws(VectorStoreError) {
    guard !tile.pairs.isEmpty else { return }
    let (a, b) = (rows.places[tile.first], others.places[tile.second])
    let size = rows.dimension * MemoryLayout<Float>.size
    try rows.withRows(of: tile.first) { first throws(VectorStoreError) in
      try others.withRows(of: tile.second) { second throws(VectorStoreError) in
        var index = -1
        for number in tile.pairs.indices {
          let pair = tile.pairs[number]
          if index != pair.first {
            index = pair.first
            let row = UnsafeRawBufferPointer(start: first + a.position(index) * size, count: size)
            query.withUnsafeMutableBytes { $0.copyMemory(from: row) }
          }
          tile.pairs[number].score = metric.score(query, second + b.position(pair.second) * size)
        }
      }
    }
  }
}

extension Metric {
  /// The score of a row, which lies at any address; for L2 and inner product.
  @inline(__always)
  package func score(_ query: [Float], _ row: UnsafeRawPointer) -> Float {
    self == .innerProduct
      ? cscan_inner_product_pair(query, row, query.count) : cscan_squared_l2_pair(query, row, query.count)
  }
}
