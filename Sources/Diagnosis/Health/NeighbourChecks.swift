import VectorStore

/// Documents that stand out among the others: far from all, near to all, or never returned.
enum NeighbourChecks {
  /// Fewer documents have no distribution that one could stand out from.
  private static let leastRows = 50
  /// A hub is so many times as often among the nearest as 95 % of the documents are at most.
  private static let overUsual = 4

  /// O(rows × k).
  static func findings(
    _ neighbours: Neighbours, _ vectors: VectorSurvey, in version: StoreVersion,
    _ thresholds: HealthThresholds
  ) -> [Finding] {
    [
      hubs(neighbours, vectors, in: version, thresholds),
      outliers(neighbours, vectors, in: version, thresholds),
      unreachable(neighbours, in: version),
    ].compactMap { $0 }
  }

  private static func hubs(
    _ neighbours: Neighbours, _ vectors: VectorSurvey, in version: StoreVersion,
    _ thresholds: HealthThresholds
  ) -> Finding? {
    guard neighbours.rows.count >= leastRows else { return nil }
    var counts = [Int](repeating: 0, count: version.count)
    for (row, nearest) in zip(neighbours.rows, neighbours.nearest) {
      // Equal vectors are duplicates, not hubs.
      for other in nearest where vectors.hashes[other.row] != vectors.hashes[row] { counts[other.row] += 1 }
    }
    let usual = counts.sorted()[counts.count * 95 / 100]
    let share = Int((Double(neighbours.rows.count) * thresholds.hubShare).rounded(.up))
    let least = max(10 * neighbours.k, share, usual * overUsual)
    let rows = counts.indices.filter { counts[$0] >= least }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    guard let first = rows.first else { return nil }
    let text = Example.quote(version.document(atRow: first).content.string)
    return Finding(
      .hub,
      "\(text) is among the \(neighbours.k) nearest of \(Count.grouped(counts[first])) of "
        + "\(Count.of(neighbours.rows.count, "document")), whatever they are about", rows: rows.sorted())
  }

  private static func outliers(
    _ neighbours: Neighbours, _ vectors: VectorSurvey, in version: StoreVersion,
    _ thresholds: HealthThresholds
  ) -> Finding? {
    var distances: [(row: Int, distance: Float)] = []
    for (row, nearest) in zip(neighbours.rows, neighbours.nearest) {
      guard let other = nearest.first else { continue }
      let (own, its) = (vectors.norms[row], vectors.norms[other.row])
      let squared =
        version.metric == .innerProduct ? max(0, own * own + its * its - 2 * other.score) : other.score
      if squared > 1e-4 * own * its { distances.append((row, squared.squareRoot())) }
    }
    guard distances.count >= leastRows else { return nil }
    let sorted = distances.map(\.distance).sorted()
    let (low, middle, high) = (
      sorted[sorted.count / 4], sorted[sorted.count / 2], sorted[sorted.count * 3 / 4]
    )
    // Tukey's fences, for "far out"; they mean nothing where all distances are nearly the same.
    let fence = max(high + Float(thresholds.outlierRanges) * (high - low), 1.5 * middle)
    let rows = distances.filter { $0.distance > fence }.map(\.row)
    guard !rows.isEmpty else { return nil }
    return Finding(
      .outlier,
      "nothing is near to them: L2 distance above \(Count.number(fence)) to the nearest, usually "
        + "\(Count.number(middle)): \(Example.contents(of: rows, in: version))", rows: rows)
  }

  private static func unreachable(_ neighbours: Neighbours, in version: StoreVersion) -> Finding? {
    let rows = zip(neighbours.rows, neighbours.isFound).filter { !$1 }.map(\.0)
    guard !rows.isEmpty else { return nil }
    return Finding(
      .unreachable,
      "a query that is their own vector returns \(neighbours.k) others before them: "
        + Example.contents(of: rows, in: version), rows: rows)
  }
}
