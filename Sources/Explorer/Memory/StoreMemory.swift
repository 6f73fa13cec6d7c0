import VectorStore

/// What is kept of a store between sessions: the queries that were asked of it, and how its list was looked at.
public struct StoreMemory: Sendable, Hashable, Codable {
  /// Oldest first.
  public var queries: [String] = []
  /// The columns of the list by name; nil for the usual ones.
  public var columns: [String]?
  /// What the list was sorted by, as ``RowOrder`` is written; nil for the store's own order.
  public var order: String?

  public init() {}

  static let mostQueries = 200
}

/// The memories of all stores, in one file.
struct StoreMemories: Sendable {
  private static let mostStores = 100
  private let file: StateFile<[String: StoreMemory]>

  init(stateFolder: String) { file = StateFile("stores.json", in: stateFolder) }

  /// What cannot be read counts as nothing.
  func memory(ofStoreAt path: String) -> StoreMemory { file.read()?[StorePath.key(path)] ?? StoreMemory() }

  /// Throws `.cannotWrite`.
  func change(ofStoreAt path: String, _ body: (inout StoreMemory) -> Void) throws(ExplorerError) {
    var entries = file.read() ?? [:]
    let key = StorePath.key(path)
    body(&entries[key, default: StoreMemory()])
    while entries.count > Self.mostStores, let other = entries.keys.first(where: { $0 != key }) {
      entries[other] = nil
    }
    try file.write(entries)
  }
}

extension Session {
  /// What earlier sessions kept of this store.
  public func recall() -> StoreMemory {
    memories?.memory(ofStoreAt: place.withLock { $0.location.path }) ?? StoreMemory()
  }

  /// Keeps a query for later sessions; that it cannot be kept is no reason to fail.
  public func remember(query: String) {
    change { memory in
      memory.queries = (memory.queries.filter { $0 != query } + [query]).suffix(StoreMemory.mostQueries)
    }
  }

  /// Keeps how the list is looked at; nil for what is as usual.
  public func remember(columns: [String]?, order: String?) {
    change { memory in (memory.columns, memory.order) = (columns, order) }
  }

  private func change(_ body: (inout StoreMemory) -> Void) {
    try? memories?.change(ofStoreAt: place.withLock { $0.location.path }, body)
  }

  private var memories: StoreMemories? { workshop.folders.map { StoreMemories(stateFolder: $0.state) } }
}
