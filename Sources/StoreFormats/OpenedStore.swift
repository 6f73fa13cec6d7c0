import VectorStore

/// A store read from disk: its first version and all that the files say beside it.
public struct OpenedStore: Sendable {
  public var location: StoreLocation
  public var version: StoreVersion
  public var index: IndexSummary
  /// Nil for an index file alone.
  public var pickle: PickleSummary?
  public var problems: [StoreProblem]
  /// The files as they were when they were read.
  public var fingerprint: Fingerprint
  /// Sizes of the files in bytes, by file name.
  public var bytes: [FileSize]
  /// What the docstore holds that is no row, or lacks; written back as it was.
  public var leftovers: DocstoreLeftovers
}

/// A file of a store with its size.
public struct FileSize: Sendable, Hashable {
  public var name: String
  public var bytes: Int

  public init(name: String, bytes: Int) {
    self.name = name
    self.bytes = bytes
  }
}

/// What the index file says of itself.
public struct IndexSummary: Sendable, Hashable {
  /// As people call it: "flat L2", "HNSW flat".
  public var typeName: String
  /// faiss's class.
  public var className: String
  /// Settings stored in the file: nlist, nprobe, efSearch.
  public var parameters: [Parameter]

  public struct Parameter: Sendable, Hashable {
    public var name: String
    public var value: String
  }
}

/// What the pickle says of itself.
public struct PickleSummary: Sendable, Hashable {
  public var protocolVersion: Int
  public var globals: [Global]
  /// Which LangChain wrote it, as far as the classes tell.
  public var writer: String

  public struct Global: Sendable, Hashable {
    public var name: String
    /// Where the file names it first.
    public var offset: Int
    /// "known", "opaque" or "forbidden".
    public var verdict: String

    public init(name: String, offset: Int, verdict: String) {
      self.name = name
      self.offset = offset
      self.verdict = verdict
    }
  }
}

/// Where docstore and index disagree: documents that no row shows, and rows whose document is missing.
///
/// Saving keeps such documents in the docstore and does not invent missing ones.
public struct DocstoreLeftovers: Sendable, Hashable {
  /// Documents of the docstore that no row of the index points to.
  public var orphans: [Document] = []
  /// Ids of rows that the docstore has no document for.
  public var missing: Set<DocumentID> = []

  public init() {}
}

extension OpenedStore {
  /// A store without documents that no file holds yet; saving it writes a flat index.
  public static func new(_ location: StoreLocation, dimension: Int, metric: Metric) -> OpenedStore {
    let isProduct = metric == .innerProduct
    return OpenedStore(
      location: location, version: StoreVersion(dimension: dimension, metric: metric),
      index: IndexSummary(
        typeName: isProduct ? "flat IP" : "flat L2", className: isProduct ? "IndexFlatIP" : "IndexFlatL2",
        parameters: []),
      pickle: nil, problems: [], fingerprint: Fingerprint(of: location), bytes: [],
      leftovers: DocstoreLeftovers())
  }
}
