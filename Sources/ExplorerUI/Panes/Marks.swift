import VectorStore

/// The documents a person has marked, in the order of their rows when they were marked.
public struct Marks: Sendable, Equatable {
  /// What is remembered of a marked document, to list it after it has left the window.
  public struct Mark: Sendable, Equatable {
    public var id: DocumentID
    public var row: Int
    /// The beginning of its content, as one line.
    public var line: String

    public init(id: DocumentID, row: Int, content: String) {
      self.id = id
      self.row = row
      line = content.preview(160)
    }
  }

  private var marks: [DocumentID: Mark] = [:]

  public init() {}

  public var isEmpty: Bool { marks.isEmpty }
  public var count: Int { marks.count }
  public var all: [Mark] { marks.values.sorted { ($0.row, $0.id) < ($1.row, $1.id) } }

  public func contains(_ id: DocumentID) -> Bool { marks[id] != nil }

  public mutating func apply(_ change: Change, to new: [Mark]) {
    for mark in new {
      let isMarked = marks[mark.id] != nil
      marks[mark.id] = change == .add || !isMarked ? mark : nil
    }
  }

  public mutating func remove(_ ids: [DocumentID]) {
    for id in ids { marks[id] = nil }
  }

  public mutating func clear() { marks = [:] }

  public enum Change: Sendable, Hashable { case add, invert }
}
