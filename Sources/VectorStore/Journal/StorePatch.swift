/// What leads from one version of a store to the next, row by row: what the journal keeps of an edit.
///
/// Rows are kept in their order; edits never reorder. New rows carry their documents and vectors, so that a
/// patch says everything even when the place that they came from is gone.
struct StorePatch: Sendable {
  enum Run: Sendable {
    /// Rows of the old version.
    case kept(Range<Int>)
    /// The live rows of a piece.
    case inserted(StoreVersion.Piece)
  }

  /// The number of rows of the old version.
  private(set) var oldCount: Int
  /// The new version from its first row to its last.
  var runs: [Run] = []
  /// Documents that were changed, by their row in the new version, ascending.
  var edited: [(row: Int, document: Document)] = []

  init(oldCount: Int) { self.oldCount = oldCount }

  /// Positions of `segment` in the place of rows of `version`.
  init(replacing positions: [Int: Int], with segment: Segment, in version: StoreVersion) {
    oldCount = version.count
    var next = 0
    for (row, position) in positions.sorted(by: { $0.key < $1.key }) {
      keep(next..<row)
      runs.append(
        .inserted(
          StoreVersion.Piece(segment: segment, live: RowSet(capacity: segment.count, members: [position]))))
      next = row + 1
    }
    keep(next..<version.count)
  }

  /// Compares by segment and position.
  ///
  /// O(bitmaps + differences), and O(rows) for a part whose rows came back or lie in several parts of `old`.
  init(from old: StoreVersion, to new: StoreVersion) {
    oldCount = old.count
    let oldParts = Dictionary(grouping: old.parts) { ObjectIdentifier($0.segment) }
    for part in new.parts where part.live.count > 0 {
      let others = oldParts[ObjectIdentifier(part.segment)] ?? []
      if others.isEmpty {
        runs.append(.inserted(StoreVersion.Piece(part)))
      } else if others.count == 1, part.live.subtracting(others[0].live).count == 0 {
        keep(part, of: others[0])
      } else {
        compare(part, with: others)
      }
      for other in others { collectEdits(part, other) }
    }
    edited.sort { $0.row < $1.row }
  }

  /// All rows of `part` are rows of `other`: the runs lie between those that went.
  private mutating func keep(_ part: StoreVersion.Part, of other: StoreVersion.Part) {
    var start = 0
    for position in other.live.subtracting(part.live).members {
      let rank = other.live.rank(of: position)
      keep(other.start + start..<other.start + rank)
      start = rank + 1
    }
    keep(other.start + start..<other.start + other.live.count)
  }

  private mutating func keep(_ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    if case .kept(let last)? = runs.last, last.upperBound == rows.lowerBound {
      runs[runs.count - 1] = .kept(last.lowerBound..<rows.upperBound)
    } else {
      runs.append(.kept(rows))
    }
  }

  private mutating func compare(_ part: StoreVersion.Part, with others: [StoreVersion.Part]) {
    var fresh: [Int] = []
    func insert(_ runs: inout [Run]) {
      guard !fresh.isEmpty else { return }
      let live = RowSet(capacity: part.live.capacity, members: fresh)
      runs.append(
        .inserted(StoreVersion.Piece(segment: part.segment, live: live, edited: part.edited)))
      fresh = []
    }
    for position in part.live.members {
      if let other = others.first(where: { $0.live.contains(position) }) {
        insert(&runs)
        let row = other.start + other.live.rank(of: position)
        keep(row..<row + 1)
      } else {
        fresh.append(position)
      }
    }
    insert(&runs)
  }

  private mutating func collectEdits(_ part: StoreVersion.Part, _ other: StoreVersion.Part) {
    for position in Set(part.edited.keys).union(other.edited.keys)
    where part.live.contains(position) && other.live.contains(position)
      && part.document(at: position) != other.document(at: position)
    {
      edited.append((part.start + part.live.rank(of: position), part.document(at: position)))
    }
  }
}

extension StoreVersion {
  /// The version that a patch leads to.
  ///
  /// Throws `.journal` for a patch that was made from another version. O(rows).
  func applying(_ patch: StorePatch) throws(VectorStoreError) -> StoreVersion {
    guard patch.oldCount == count else { throw .mismatch }
    var splicer = Splicer(self)
    var next = 0
    for run in patch.runs {
      switch run {
      case .kept(let rows):
        guard rows.lowerBound >= next, rows.upperBound <= count else { throw .mismatch }
        splicer.keep(rows)
        next = rows.upperBound
      case .inserted(let piece):
        guard piece.segment.vectors.dimension == dimension else { throw .mismatch }
        splicer.insert(piece)
      }
    }
    let version = StoreVersion(dimension: dimension, metric: metric, pieces: splicer.finish())
    var documents: [Place: Document] = [:]
    for (row, document) in patch.edited {
      guard row >= 0, row < version.count else { throw .mismatch }
      documents[version.place(ofRow: row)] = document
    }
    return documents.isEmpty ? version : version.replacing(documents)
  }
}

/// Puts the pieces of a new version together; a part is cut where other rows come between its own.
private struct Splicer {
  private let version: StoreVersion
  private var pieces: [StoreVersion.Piece] = []
  /// The part whose rows are being gathered, and the ranks of those that stay.
  private var part = 0
  private var kept: [Range<Int>] = []

  init(_ version: StoreVersion) { self.version = version }

  mutating func keep(_ rows: Range<Int>) {
    for number in version.parts.indices {
      let current = version.parts[number]
      let own = rows.clamped(to: current.start..<current.start + current.live.count)
      guard !own.isEmpty else { continue }
      while part < number { endPart() }
      kept.append(own.lowerBound - current.start..<own.upperBound - current.start)
    }
  }

  mutating func insert(_ piece: StoreVersion.Piece) {
    if !kept.isEmpty { takeKept() }
    pieces.append(piece)
  }

  mutating func finish() -> [StoreVersion.Piece] {
    while part < version.parts.count { endPart() }
    return pieces
  }

  private mutating func endPart() {
    // The first part says what type of index the store has, even without rows.
    let isNeeded = part == 0 && !pieces.contains { $0.segment === version.parts[0].segment }
    if isNeeded || !kept.isEmpty { takeKept() }
    part += 1
  }

  private mutating func takeKept() {
    let old = version.parts[part]
    var live: [Int] = []
    let members = old.live.members
    for ranks in kept { live += members[ranks] }
    pieces.append(
      StoreVersion.Piece(
        segment: old.segment, live: RowSet(capacity: old.live.capacity, members: live), edited: old.edited))
    kept = []
  }
}

extension VectorStoreError {
  fileprivate static var mismatch: VectorStoreError {
    VectorStoreError(.journal, "the edit was made from another state of the store and does not fit this one")
  }
}
