import VectorStore

/// One document that a save would add, remove or alter on disk.
public struct ChangeEntry: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case deleted, added, merged, edited }

  public var kind: Kind
  /// The row on disk for a deleted document, the row after the save for the others.
  public var row: Int
  public var id: DocumentID
  public var content: String
  /// Where a merged document comes from.
  public var note: String?
  /// The document on disk, and after the save; nil where there is none.
  public var before: Document?
  public var after: Document?

  public init(
    kind: Kind, row: Int, id: DocumentID, content: String, note: String? = nil, before: Document? = nil,
    after: Document? = nil
  ) {
    self.before = before
    self.after = after
    self.kind = kind
    self.row = row
    self.id = id
    self.content = content
    self.note = note
  }
}

/// A file that a save would write.
public struct FilePlan: Sendable, Hashable {
  public var name: String
  /// Nil where only writing tells.
  public var bytes: Int?

  public init(name: String, bytes: Int?) {
    self.name = name
    self.bytes = bytes
  }
}

/// What a save would do, for the changes screen.
public struct ChangePlan: Sendable, Hashable {
  public var entries: [ChangeEntry]
  public var countBefore: Int
  public var countAfter: Int
  public var files: [FilePlan]
  public var notes: [String]

  public init(
    entries: [ChangeEntry], countBefore: Int, countAfter: Int, files: [FilePlan], notes: [String]
  ) {
    self.entries = entries
    self.countBefore = countBefore
    self.countAfter = countAfter
    self.files = files
    self.notes = notes
  }
}

/// What a save did.
public struct SaveReport: Sendable, Hashable {
  public var path: String
  public var documents: Int
  public var bytes: Int
  /// Where the files of before are kept; nil when there were none.
  public var backup: String?

  public init(path: String, documents: Int, bytes: Int, backup: String?) {
    self.path = path
    self.documents = documents
    self.bytes = bytes
    self.backup = backup
  }
}
