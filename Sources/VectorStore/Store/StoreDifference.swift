/// What lies between two versions of one store, or between two stores, by document.
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

  init(entries: [Entry]) { self.entries = entries }

  /// Compares by segment and position; a document that went and came again under its id was edited.
  ///
  /// O(size of the versions' bitmaps + number of differences).
  public init(from old: StoreVersion, to new: StoreVersion) {
    let patch = StorePatch(from: old, to: new)
    var deleted: [Entry] = []
    var added: [Entry] = []
    var edited: [Entry] = []
    var (oldRow, newRow) = (0, 0)
    // Old rows that are kept, in the order of the new ones, to find what an edited document was.
    var keptRuns: [(new: Int, old: Range<Int>)] = []
    func delete(upTo end: Int) {
      while oldRow < end {
        deleted.append(Entry(kind: .deleted, row: oldRow, document: old.document(atRow: oldRow)))
        oldRow += 1
      }
    }
    for run in patch.runs {
      switch run {
      case .kept(let rows):
        delete(upTo: rows.lowerBound)
        keptRuns.append((newRow, rows))
        oldRow = rows.upperBound
        newRow += rows.count
      case .inserted(let piece):
        let kind: Kind =
          if case .merged(let name) = piece.segment.origin { .merged(from: name) } else { .added }
        for _ in 0..<piece.live.count {
          added.append(Entry(kind: kind, row: newRow, document: new.document(atRow: newRow)))
          newRow += 1
        }
      }
    }
    delete(upTo: old.count)
    for (row, document) in patch.edited {
      let run = keptRuns.last { $0.new <= row }
      edited.append(
        Entry(
          kind: .edited, row: row, document: document,
          before: run.map { old.document(atRow: $0.old.lowerBound + row - $0.new) }))
    }
    Self.pair(&deleted, &added, into: &edited)
    entries = deleted + added + edited
  }

  private static func pair(_ deleted: inout [Entry], _ added: inout [Entry], into edited: inout [Entry]) {
    guard !deleted.isEmpty, !added.isEmpty else { return }
    var gone: [DocumentID: Entry] = [:]
    for entry in deleted { gone[entry.document.id] = entry }
    var paired: Set<DocumentID> = []
    added.removeAll { entry in
      guard entry.kind == .added, let before = gone.removeValue(forKey: entry.document.id) else {
        return false
      }
      paired.insert(entry.document.id)
      edited.append(Entry(kind: .edited, row: entry.row, document: entry.document, before: before.document))
      return true
    }
    deleted.removeAll { paired.contains($0.document.id) && gone[$0.document.id] == nil }
    edited.sort { $0.row < $1.row }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// How many documents there are of each kind.
  public struct EditCounts: Sendable, Hashable {
    public var (deleted, added, merged, edited) = (0, 0, 0, 0)

    /// Reads no document unless some were deleted and others added, which may be edits.
    public init(from old: StoreVersion, to new: StoreVersion) {
      let patch = StorePatch(from: old, to: new)
      deleted = old.count
      for run in patch.runs {
        switch run {
        case .kept(let rows): deleted -= rows.count
        case .inserted(let piece):
          if case .merged = piece.segment.origin {
            merged += piece.live.count
          } else {
            added += piece.live.count
          }
        }
      }
      edited = patch.edited.count
      guard deleted > 0, added > 0 else { return }
      let entries = StoreDifference(from: old, to: new).entries
      deleted = entries.count { $0.kind == .deleted }
      added = entries.count { $0.kind == .added }
      edited = entries.count { $0.kind == .edited }
    }
  }
}
