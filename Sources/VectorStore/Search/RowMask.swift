/// The rows of one version that a filter lets through, as bits over each part's positions.
///
/// Valid for the version it was made from only.
public struct RowMask: Sendable, Hashable {
  /// One set per part of the version; members are live.
  public let sets: [RowSet]
  public let count: Int

  init(_ sets: [RowSet]) {
    self.sets = sets
    count = sets.reduce(0) { $0 + $1.count }
  }
}

extension StoreVersion {
  /// The rows whose document `isMatch` accepts.
  ///
  /// O(rows). Throws what `isMatch` throws, and `CancellationError`.
  public func mask(where isMatch: (Document) throws -> Bool) throws -> RowMask {
    RowMask(
      try parts.map { part in
        try RowSet(capacity: part.segment.count) { position in
          if position & 0xFFF == 0 { try Task.checkCancellation() }
          return part.live.contains(position) ? try isMatch(part.document(at: position)) : false
        }
      })
  }

  /// The mask of these rows.
  ///
  /// Precondition: each is in `0..<count`.
  public func mask(rows: some Sequence<Int>) -> RowMask {
    let positions = Dictionary(grouping: rows.map { place(ofRow: $0) }, by: \.part)
    return RowMask(
      parts.enumerated().map { number, part in
        RowSet(capacity: part.segment.count, members: (positions[number] ?? []).map(\.position))
      })
  }

  /// A mask (nil: all rows) without the rows of these ids.
  public func excluding(_ ids: [DocumentID], from mask: RowMask?) -> RowMask {
    let gone = ids.flatMap { places(of: $0) }
    return RowMask(
      (mask?.sets ?? parts.map(\.live)).enumerated().map { part, set in
        set.subtracting(gone.filter { $0.part == part }.map(\.position))
      })
  }

  /// The rows of a mask from its `offset`-th on, ascending, at most `limit`.
  public func rows(in mask: RowMask, offset: Int, limit: Int) -> [Int] {
    var result: [Int] = []
    var skip = offset
    for (part, set) in zip(parts, mask.sets) where result.count < limit {
      for rank in min(skip, set.count)..<min(set.count, skip + limit - result.count) {
        result.append(part.start + part.live.rank(of: set.position(ofRank: rank)))
      }
      skip = max(0, skip - set.count)
    }
    return result
  }
}
