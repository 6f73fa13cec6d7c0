import CScan
import Synchronization

/// Two rows and the squared distance between their vectors, as an L2 index scores it.
public struct RowPair: Sendable, Hashable {
  /// The smaller row.
  public var first: Int
  public var second: Int
  public var squaredDistance: Float

  public init(first: Int, second: Int, squaredDistance: Float) {
    self.first = first
    self.second = second
    self.squaredDistance = squaredDistance
  }
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
  private let rows: PanelSet

  /// With a `mask` only its rows take part.
  ///
  /// Makes byte codes of the store where there are none yet; it keeps them. Throws what reading the vectors throws,
  /// and `CancellationError`.
  public init(_ version: StoreVersion, mask: RowMask? = nil) async throws {
    try await self.init(version, mask: mask, mostRows: CodePanel.mostRows, path: cscan_best_codes_path())
  }

  package init(_ version: StoreVersion, mask: RowMask?, mostRows: Int, path: cscan_path) async throws {
    self.version = version
    rows = try await PanelSet(version, mask: mask, mostRows: mostRows, path: path)
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
    let join = PanelJoin(rows: rows, queries: nil)
    let found = Mutex<[RowPair]>([])
    let isWhole = try await join.run(
      metric: .squaredL2, width: try join.width(radius: radius),
      limits: { first, second in
        (
          CodePanel.numbers(rows.places[first].count, radius),
          CodePanel.numbers(rows.places[second].count, radius)
        )
      }, progress: progress
    ) { tile in
      let pairs = tile.pairs.filter { $0.score <= squaredDistance }
        .map { pair in
          let (a, b) = (row(pair.first, of: tile.first), row(pair.second, of: tile.second))
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
    guard version.metric.isScanned else {
      throw VectorStoreError(
        .unsupported,
        "expected an index of L2 or inner product, found \(version.metric.name), whose scores only faiss computes"
      )
    }
    let best = PanelTops(rows, k: k, metric: version.metric)
    _ = try await PanelJoin(rows: rows, queries: nil).run(
      metric: version.metric, width: version.dimension,
      limits: { first, second in
        (best.limits(of: first, from: row(0, of: second)), best.limits(of: second, from: row(0, of: first)))
      }, progress: progress
    ) { tile in
      best.offer(
        tile.pairs.map { ($0.first, row($0.second, of: tile.second), $0.score) }, to: tile.first)
      best.offer(
        tile.pairs.map { ($0.second, row($0.first, of: tile.first), $0.score) }, to: tile.second)
      return true
    }
    let members = rows.places.flatMap { place in (0..<place.count).map { version.row(place, $0) } }
    var nearest = [[ScoredRow]](repeating: [], count: version.count)
    for (row, found) in zip(members, best.sorted) { nearest[row] = found }
    return nearest
  }

  private func row(_ index: Int, of panel: Int) -> Int { version.row(rows.places[panel], index) }
}
