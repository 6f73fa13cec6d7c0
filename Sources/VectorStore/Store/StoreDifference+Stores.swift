extension StoreDifference {
  /// How many documents of each kind there are, and how many both stores have.
  public struct Counts: Sendable, Hashable {
    public var deleted = 0
    public var added = 0
    public var edited = 0
    public var shared = 0
  }

  /// What lies between two stores of any origin, by id: deleted and added documents, and those whose content or
  /// metadata differ.
  ///
  /// Where an id is repeated, its first row counts in both. At most `limit` entries are kept of each kind; `counts`
  /// are of all. O(count of both), a look at each document; throws `CancellationError`.
  public static func between(
    _ old: StoreVersion, _ new: StoreVersion, limit: Int = .max, progress: (Int) -> Void = { _ in }
  ) throws -> (difference: StoreDifference, counts: Counts) {
    var (deleted, added, edited): ([Entry], [Entry], [Entry]) = ([], [], [])
    var counts = Counts()
    try old.forEachPosition { row, part, position in
      try step(row, progress)
      let id = part.id(at: position)
      guard !new.contains(id), old.firstRow(of: id) == row else { return }
      counts.deleted += 1
      if deleted.count < limit {
        deleted.append(Entry(kind: .deleted, row: row, document: part.document(at: position)))
      }
    }
    try new.forEachPosition { row, part, position in
      try step(old.count + row, progress)
      let id = part.id(at: position)
      guard new.firstRow(of: id) == row else { return }
      let document = part.document(at: position)
      guard let oldRow = old.firstRow(of: id) else {
        counts.added += 1
        if added.count < limit { added.append(Entry(kind: .added, row: row, document: document)) }
        return
      }
      counts.shared += 1
      let before = old.document(atRow: oldRow)
      guard before.content != document.content || before.metadata != document.metadata else { return }
      counts.edited += 1
      if edited.count < limit {
        edited.append(Entry(kind: .edited, row: row, document: document, before: before))
      }
    }
    return (StoreDifference(entries: deleted + added + edited), counts)
  }

  private static func step(_ row: Int, _ progress: (Int) -> Void) throws {
    guard row % 1024 == 0 else { return }
    try Task.checkCancellation()
    progress(row)
  }
}

extension StoreVersion {
  /// The first row that carries an id; nil when none does.
  public func firstRow(of id: DocumentID) -> Int? { places(of: id).first.map(row(of:)) }
}
