/// What lies between two versions of one store, by document.
public struct StoreDifference: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case deleted, added, merged(from: String), edited }

  public struct Entry: Sendable, Hashable {
    public var kind: Kind
    /// The row in the old version for a deleted document, in the new one for the others.
    public var row: Int
    public var document: Document
    /// What an edited document was.
    public var before: Document?
  }

  /// Deleted documents first, then new ones, then edited ones, each in row order.
  public var entries: [Entry]

  /// Compares by segment and position.
  ///
  /// O(size of the versions' bitmaps + number of differences).
  public init(from old: StoreVersion, to new: StoreVersion) {
    entries = []
    let oldLive = Dictionary(old.parts.map { (ObjectIdentifier($0.segment), $0.live) }) { first, _ in first }
    let newLive = Dictionary(new.parts.map { (ObjectIdentifier($0.segment), $0.live) }) { first, _ in first }
    func collect(
      _ version: StoreVersion, against others: [ObjectIdentifier: RowSet], _ kind: (Segment) -> Kind
    ) {
      for part in version.parts {
        let other = others[ObjectIdentifier(part.segment)]
        let only = other.map { part.live.subtracting($0) } ?? part.live
        for position in only.members {
          entries.append(
            Entry(
              kind: kind(part.segment), row: part.start + part.live.rank(of: position),
              document: part.document(at: position)))
        }
      }
    }
    collect(old, against: newLive) { _ in .deleted }
    collect(new, against: oldLive) { segment in
      if case .merged(let name) = segment.origin { .merged(from: name) } else { .added }
    }
    entries += Self.edits(from: old, to: new)
  }

  /// Documents that are in both versions, and another in the new one.
  private static func edits(from old: StoreVersion, to new: StoreVersion) -> [Entry] {
    let before = Dictionary(old.parts.map { (ObjectIdentifier($0.segment), $0) }) { first, _ in first }
    return new.parts.flatMap { part -> [Entry] in
      guard let was = before[ObjectIdentifier(part.segment)] else { return [] }
      return Set(part.edited.keys).union(was.edited.keys).sorted().compactMap { position in
        guard part.live.contains(position), was.live.contains(position),
          part.document(at: position) != was.document(at: position)
        else { return nil }
        return Entry(
          kind: .edited, row: part.start + part.live.rank(of: position),
          document: part.document(at: position),
          before: was.document(at: position))
      }
    }
  }

  public var isEmpty: Bool { entries.isEmpty }

  public func count(where matches: (Kind) -> Bool) -> Int { entries.count { matches($0.kind) } }
}
