import VectorStore

/// What an approximate index finds, and how long it takes, for one setting after another.
public struct TuningCurve: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    public var effort: SearchEffort
    /// The share of the exact top k that the index finds, a mean over all queries.
    public var recall: Double
    /// The median time of a search.
    public var milliseconds: Double

    public init(effort: SearchEffort, recall: Double, milliseconds: Double) {
      self.effort = effort
      self.recall = recall
      self.milliseconds = milliseconds
    }
  }

  /// By effort, the least first.
  public var points: [Point]
  /// What the index is set to.
  public var current: SearchEffort
  public var k: Int
  public var queries: Int
  /// The median time of an exact search of the same vectors.
  public var exactMilliseconds: Double
  /// The recall that is asked for.
  public var target: Double

  public init(
    points: [Point], current: SearchEffort, k: Int, queries: Int, exactMilliseconds: Double, target: Double
  ) {
    self.points = points
    self.current = current
    self.k = k
    self.queries = queries
    self.exactMilliseconds = exactMilliseconds
    self.target = target
  }

  /// The least effort that reaches the target; where none does, the least of those with the highest recall.
  public var recommended: Point? {
    if let enough = points.first(where: { $0.recall >= target }) { return enough }
    return points.max {
      $0.recall < $1.recall || ($0.recall == $1.recall && $0.effort.value > $1.effort.value)
    }
  }

  /// Efforts worth trying: doubled from 1 to `largest`, and what the index is set to.
  public static func efforts(around current: SearchEffort, largest: Int) -> [SearchEffort] {
    var values: Set<Int> = [min(current.value, largest), largest]
    var value = 1
    while value < largest {
      values.insert(value)
      value *= 2
    }
    return values.sorted().map(current.with)
  }

  /// The share of the exact answer that another holds; 1 where there was nothing to find.
  public static func recall(of found: [ScoredRow], against exact: [ScoredRow]) -> Double {
    guard !exact.isEmpty else { return 1 }
    let rows = Set(found.map(\.row))
    return Double(exact.count { rows.contains($0.row) }) / Double(exact.count)
  }
}
