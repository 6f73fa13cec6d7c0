import CScan
import Synchronization

/// Two rows and the squared distance between their vectors, as an L2 index scores it.
public struct RowPair: Sendable, Hashable {
  /// The smaller row.
  public var first: Int
  public var second: Int
  public var squaredDistance: Float
}

/// Searches a store for its own rows: which are near to each other.
///
/// Exact: the answers are those of a search with every row, found with a byte for each number of a vector and the
/// proof in `docs/exact-search.md`. O(rows²): 100,000 rows of 384 dimensions take seconds on two cores for pairs
/// that are much nearer than most, and tens of seconds for the nearest of every row.
public struct PairSearch: Sendable {
  /// Gets how much is done, 0...1, from any thread.
  public typealias Progress = @Sendable (_ share: Double) -> Void

  private let version: StoreVersion
  private let join: PanelJoin

  /// With a `mask` only its rows take part.
  ///
  /// Makes byte codes of the store where there are none yet; it keeps them. Throws what reading the vectors throws,
  /// and `CancellationError`.
  public init(_ version: StoreVersion, mask: RowMask? = nil) async throws {
    try await self.init(version, mask: mask, mostRows: CodePanel.mostRows, path: cscan_best_codes_path())
  }

  init(_ version: StoreVersion, mask: RowMask?, mostRows: Int, path: cscan_path) async throws {
    self.version = version
    join = try await PanelJoin(version, mask: mask, mostRows: mostRows, path: path)
  }

  /// Every pair of rows with a squared distance of at most `squaredDistance`, by first row, then second.
  ///
  /// Whatever the metric of the store is. Nil where there are more than `most`: a store full of equal vectors has
  /// half as many as the square of its rows. A row with NaN is near to none. Throws what reading the vectors throws,
  /// and `CancellationError`.
  public func pairs(
    within squaredDistance: Float, most: Int = 10_000_000, progress: @escaping Progress = { _ in }
  ) async throws -> [RowPair]? {
    guard squaredDistance >= 0 else { return [] }
    let radius = ScanError.radius(squaredDistance, dimension: version.dimension)
    let found = Mutex<[RowPair]>([])
    let isWhole = try await join.run(
      metric: .squaredL2, width: join.width(radius: radius),
      limits: { panel, _ in CodePanel.numbers(join.panels[panel].count, radius) }, progress: progress
    ) { tile in
      let pairs = tile.pairs.filter { $0.score <= squaredDistance }
        .map { pair in
          let (a, b) = (join.row(pair.first, of: tile.first), join.row(pair.second, of: tile.second))
          return RowPair(first: min(a, b), second: max(a, b), squaredDistance: pair.score)
        }
      return found.withLock { found in
        found += pairs
        return found.count <= most
      }
    }
    guard isWhole else { return nil }
    return found.withLock { $0 }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// For each row the `k` nearest others by the store's metric, nearest first, equal scores by row.
  ///
  /// At a row stands what a scan for its vector finds, without the row itself; nothing where the mask leaves the row
  /// out. Throws `.unsupported` for metrics other than L2 and inner product, what reading the vectors throws, and
  /// `CancellationError`. Takes 16 bytes for each of `count * k`.
  public func nearest(k: Int, progress: @escaping Progress = { _ in }) async throws -> [[ScoredRow]] {
    let metric = version.metric
    if case .other = metric {
      throw VectorStoreError(
        .unsupported,
        "expected an index of L2 or inner product, found \(metric.name), whose scores only faiss computes")
    }
    let best = Mutex(
      join.panels.map { [TopRows](repeating: TopRows(k: k, metric: metric), count: $0.count) })
    _ = try await join.run(
      metric: metric, width: version.dimension,
      limits: { panel, other in
        let first = join.row(0, of: other)
        return best.withLock { best in
          var limits = CodePanel.numbers(best[panel].count)
          for index in best[panel].indices { limits[index] = limit(of: best[panel][index], from: first) }
          return limits
        }
      }, progress: progress
    ) { tile in
      best.withLock { best in
        for pair in tile.pairs {
          best[tile.first][pair.first].offer(join.row(pair.second, of: tile.second), pair.score)
          best[tile.second][pair.second].offer(join.row(pair.first, of: tile.first), pair.score)
        }
      }
      return true
    }
    var result = [[ScoredRow]](repeating: [], count: version.count)
    best.withLock { best in
      for (panel, tops) in best.enumerated() {
        for (index, top) in tops.enumerated() { result[join.row(index, of: panel)] = top.sorted }
      }
    }
    return result
  }

  /// What a row from `first` on has to keep to come among the best.
  private func limit(of best: TopRows, from first: Int) -> Float {
    if version.metric == .innerProduct { return best.worst?.score ?? (best.k > 0 ? -.infinity : .infinity) }
    guard let worst = best.worst else { return best.k > 0 ? .infinity : -1 }
    // Nothing is nearer than equal; equal rows come in the order of their numbers.
    if worst.score == 0, worst.row < first { return -1 }
    return ScanError.radius(worst.score, dimension: version.dimension)
  }
}
