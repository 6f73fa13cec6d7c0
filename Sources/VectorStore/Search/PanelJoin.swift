import CScan
import Synchronization

/// Holds every row of a store against every other, a tile of two panels at a time, on two threads.
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

    mutating func add(_ first: Int, _ second: Int) {
      pairs.append(Pair(first: first, second: second, score: 0))
    }
  }

  /// Gives what rows of a panel want of another: `[count]` limits as ``cscan_panel_rows`` has them.
  typealias Limits = @Sendable (_ panel: Int, _ other: Int) -> [Float]

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

  let version: StoreVersion
  let panels: [CodePanel.Place]
  /// By part; nil where there are none for the dimension, and all pairs are scored.
  private let codes: [ByteCodes]?
  private let path: cscan_path

  init(_ version: StoreVersion, mask: RowMask?, mostRows: Int, path: cscan_path) async throws {
    self.version = version
    self.path = path
    panels = (mask?.sets ?? version.parts.map(\.live)).enumerated().flatMap { part, set in
      CodePanel.Place.all(of: set, part: part, mostRows: mostRows)
    }
    guard ByteCodes.hasCodes(dimension: version.dimension) else {
      codes = nil
      return
    }
    var codes: [ByteCodes] = []
    for part in version.parts { codes.append(try await part.segment.codes.ready(for: part.segment.vectors)) }
    self.codes = codes
  }

  /// The row of the store that is at an index of a panel.
  func row(_ index: Int, of panel: Int) -> Int {
    let place = panels[panel]
    let part = version.parts[place.part]
    return part.start + part.live.rank(of: place.position(index))
  }

  /// Scores each pair that can be within the wider of its rows' limits, once.
  ///
  /// `limits` and `take` are called on two threads; `take` ends the run by answering false. Tests use the first
  /// `width` dimensions. Returns false where it was ended. Throws what reading the vectors throws, and
  /// `CancellationError`.
  func run(
    metric: Metric, width: Int, limits: @escaping Limits, progress: @escaping PairSearch.Progress,
    take: @escaping @Sendable (Tile) -> Bool
  ) async throws -> Bool {
    let agenda = Agenda()
    let count = panels.count
    let total = count * (count + 1) / 2
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(2, count) {
        group.addTask {
          var workspace = Workspace(query: .init(repeating: 0, count: version.dimension))
          while let item = agenda.take(of: 2 * count) {
            let first = item % count
            let a = panel(first, metric, width)
            // Neighbours in a store are often near, so panels by themselves, which come first, narrow the limits.
            for second in item < count ? first..<first + 1 : first + 1..<count {
              try Task.checkCancellation()
              let tile = try tile(a, first, second, metric, width, limits, &workspace)
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

  /// How many dimensions tell apart most pairs that are farther from each other than `radius`.
  ///
  /// Any number is right; this one is quick. Looks at some tiles from all over the store.
  func width(radius: Float) -> Int {
    let dimension = version.dimension
    guard codes != nil, !panels.isEmpty else { return dimension }
    let samples = (0..<min(panels.count, 8)).map { $0 * panels.count / min(panels.count, 8) }
    for width in [64, 128, 256] where width <= dimension / 2 {
      var workspace = Workspace(query: [])
      var near = 0
      var all = 0
      for (a, b) in zip(samples, samples.dropFirst() + samples.prefix(1)) {
        guard let first = panel(a, .squaredL2, width), let second = panel(b, .squaredL2, width) else { break }
        let limits = CodePanel.numbers(first.count, radius)
        let others = CodePanel.numbers(second.count, radius)
        first.multiply(second, into: &workspace.products)
        for index in 0..<first.count {
          near += first.findNear(
            index, limits: limits, in: second, limits: others, products: workspace.products,
            near: &workspace.near)
        }
        all += first.count * second.count
      }
      if near * Self.leastSaved <= all { return width }
    }
    return dimension
  }

  // MARK: Tiles

  private func panel(_ number: Int, _ metric: Metric, _ width: Int) -> CodePanel? {
    let place = panels[number]
    return codes.map { CodePanel(place, of: $0[place.part], metric: metric, width: width, path: path) }
  }

  private func tile(
    _ a: CodePanel?, _ first: Int, _ second: Int, _ metric: Metric, _ width: Int, _ limits: Limits,
    _ workspace: inout Workspace
  ) throws(VectorStoreError) -> Tile {
    var tile = Tile(first: first, second: second)
    let ofFirst = limits(first, second)
    let ofSecond = first == second ? ofFirst : limits(second, first)
    let b = first == second ? a : panel(second, metric, width)
    if let a, let b { a.multiply(b, into: &workspace.products) }
    for index in 0..<panels[first].count {
      // A panel by itself has each pair twice.
      let least = first == second ? index + 1 : 0
      if let a, let b {
        let count = a.findNear(
          index, limits: ofFirst, in: b, limits: ofSecond, products: workspace.products,
          near: &workspace.near)
        for other in workspace.near[..<count] where other >= least { tile.add(index, Int(other)) }
      } else if least < panels[second].count {
        for other in least..<panels[second].count { tile.add(index, other) }
      }
    }
    try score(&tile, metric, &workspace.query)
    return tile
  }

  private func score(_ tile: inout Tile, _ metric: Metric, _ query: inout [Float]) throws(VectorStoreError) {
    guard !tile.pairs.isEmpty else { return }
    let (a, b) = (panels[tile.first], panels[tile.second])
    let size = version.dimension * MemoryLayout<Float>.size
    let others = version.parts[b.part].segment.vectors
    try version.parts[a.part].segment.vectors.withRows { rows throws(VectorStoreError) in
      try others.withRows { others throws(VectorStoreError) in
        var index = -1
        for number in tile.pairs.indices {
          let pair = tile.pairs[number]
          if index != pair.first {
            index = pair.first
            query.withUnsafeMutableBytes {
              $0.copyMemory(from: UnsafeRawBufferPointer(start: rows + a.position(index) * size, count: size))
            }
          }
          tile.pairs[number].score = metric.score(query, others + b.position(pair.second) * size)
        }
      }
    }
  }
}

extension Metric {
  /// The score of a row, which lies at any address; for L2 and inner product.
  @inline(__always)
  func score(_ query: [Float], _ row: UnsafeRawPointer) -> Float {
    self == .innerProduct
      ? cscan_inner_product_pair(query, row, query.count) : cscan_squared_l2_pair(query, row, query.count)
  }
}
