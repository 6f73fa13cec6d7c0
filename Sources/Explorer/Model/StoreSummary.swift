import StoreFormats
import VectorStore

/// What the header of the screen and `info` say of an open store.
public struct StoreSummary: Sendable, Hashable {
  public var name: String
  public var path: String
  public var count: Int
  public var dimension: Int
  public var metric: Metric
  /// As people call it: "flat L2", "HNSW flat".
  public var indexType: String
  /// The embedder that answers text queries.
  public var embedder: EmbedderStatus
  /// Counted against what is on disk.
  public var deleted: Int
  public var added: Int
  public var merged: Int
  public var edited: Int
  /// The names of the steps that undo and redo would take: "delete 3 documents".
  public var undoName: String?
  public var redoName: String?
  public var isReadOnly: Bool
  public var problems: [StoreProblem]
  /// Grows with every edit, undo and redo.
  public var revision: Int
  /// Only the first documents are there yet; the others are being read.
  public var isPartial = false

  /// What stands where no store is open.
  public static let none = StoreSummary(
    name: "", path: "", count: 0, dimension: 0, metric: .squaredL2, indexType: "")

  public var isModified: Bool { deleted + added + merged + edited > 0 }

  public init(
    name: String, path: String, count: Int, dimension: Int, metric: Metric, indexType: String,
    embedder: EmbedderStatus = .unknown, deleted: Int = 0, added: Int = 0, merged: Int = 0, edited: Int = 0,
    undoName: String? = nil, redoName: String? = nil, isReadOnly: Bool = false,
    problems: [StoreProblem] = [], revision: Int = 0
  ) {
    self.name = name
    self.path = path
    self.count = count
    self.dimension = dimension
    self.metric = metric
    self.indexType = indexType
    self.embedder = embedder
    self.deleted = deleted
    self.added = added
    self.merged = merged
    self.edited = edited
    self.undoName = undoName
    self.redoName = redoName
    self.isReadOnly = isReadOnly
    self.problems = problems
    self.revision = revision
  }
}
