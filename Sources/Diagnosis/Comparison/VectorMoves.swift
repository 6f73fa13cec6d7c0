import VectorStore

/// The documents of two stores whose vectors are not the same.
public struct VectorMoves: Sendable, Hashable {
  public struct Move: Sendable, Hashable {
    public var id: DocumentID
    public var oldRow: Int
    public var newRow: Int
    /// The Euclidean distance between the two vectors; NaN where one is no number.
    public var distance: Double
  }

  /// The farthest first, at most as many as were asked for.
  public private(set) var moves: [Move] = []
  /// How many vectors differ in at least one bit.
  public private(set) var count = 0

  /// Compares the vectors of all ids that both stores have.
  ///
  /// O(count · dimension). Throws `.dimension` where the two cannot be compared, `.unsupported` for an index that
  /// gives no vectors back, and `CancellationError`.
  public init(
    from old: StoreVersion, to new: StoreVersion, limit: Int = .max, progress: (Int) -> Void = { _ in }
  ) throws {
    guard old.dimension == new.dimension else {
      throw VectorStoreError(
        .dimension, "vectors of \(old.dimension) and of \(new.dimension) dimensions cannot be compared")
    }
    try new.forEachPosition { row, part, position in
      if row % 256 == 0 {
        try Task.checkCancellation()
        progress(row)
      }
      let id = part.id(at: position)
      guard let oldRow = old.firstRow(of: id), new.firstRow(of: id) == row else { return }
      let (before, after) = (try old.vector(atRow: oldRow), try part.segment.vectors.row(position))
      guard before.map(\.bitPattern) != after.map(\.bitPattern) else { return }
      count += 1
      moves.append(Move(id: id, oldRow: oldRow, newRow: row, distance: Self.distance(before, after)))
      if moves.count / 2 >= max(limit, 1024) { trim(to: limit) }
    }
    trim(to: limit)
  }

  private mutating func trim(to limit: Int) {
    moves.sort {
      ($0.distance.isNaN ? .infinity : $0.distance, $1.newRow)
        > ($1.distance.isNaN ? .infinity : $1.distance, $0.newRow)
    }
    if moves.count > limit { moves.removeLast(moves.count - limit) }
  }

  private static func distance(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }.squareRoot()
  }
}
