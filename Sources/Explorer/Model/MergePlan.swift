import VectorStore

/// What a merge would do with one document of the other store.
public struct MergeFate: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    case added
    /// Left out: its id is here already.
    case skipped
    /// Taken under another id.
    case renamed
    /// Takes the place of the document that has its id here.
    case replaces
    /// Its id is here already, and the merge is refused.
    case collides
  }

  public var kind: Kind
  public var sourceRow: Int
  public var id: DocumentID
  /// The row here that has this id.
  public var ownRow: Int?
  /// The row and the id that it would have here; nil when it would not come.
  public var row: Int?
  public var newID: DocumentID?
  /// How the content begins.
  public var content: String

  public init(kind: Kind, sourceRow: Int, id: DocumentID, ownRow: Int? = nil, content: String) {
    self.kind = kind
    self.sourceRow = sourceRow
    self.id = id
    self.ownRow = ownRow
    self.content = content
  }
}

/// What a merge would do, before it is done.
public struct MergePlan: Sendable, Hashable {
  public var sourceName: String
  public var sourceCount: Int
  public var dimension: Int
  public var metric: Metric
  public var indexType: String
  /// Why it cannot be done; nil when it fits.
  public var problem: String?
  public var collidingIDs: [DocumentID]
  /// Documents of the source whose content is here already.
  public var sameContent: Int
  public var resultCount: Int
  public var policy: DuplicatePolicy
  /// What becomes of each document of the source, in its order; of the first ``mostFates``.
  public var fates: [MergeFate] = []
  public static let mostFates = 10_000
  /// What a person should know before it is done: vectors of another length, an index that changes its way.
  public var notes: [String] = []

  public init(
    sourceName: String, sourceCount: Int, dimension: Int, metric: Metric, indexType: String,
    problem: String?, collidingIDs: [DocumentID], sameContent: Int, resultCount: Int, policy: DuplicatePolicy
  ) {
    self.sourceName = sourceName
    self.sourceCount = sourceCount
    self.dimension = dimension
    self.metric = metric
    self.indexType = indexType
    self.problem = problem
    self.collidingIDs = collidingIDs
    self.sameContent = sameContent
    self.resultCount = resultCount
    self.policy = policy
  }
}
