import VectorStore

/// The queries that were asked of each store, kept between sessions.
struct QueryMemory: Sendable {
  private static let mostQueries = 200
  private static let mostStores = 100
  private let file: StateFile<[String: [String]]>

  init(stateFolder: String) { file = StateFile("queries.json", in: stateFolder) }

  /// Oldest first; what cannot be read counts as none.
  func queries(ofStoreAt path: String) -> [String] { file.read()?[StorePath.key(path)] ?? [] }

  /// Throws `.cannotWrite`.
  func remember(_ query: String, ofStoreAt path: String) throws(ExplorerError) {
    var entries = file.read() ?? [:]
    let key = StorePath.key(path)
    entries[key] = ((entries[key] ?? []).filter { $0 != query } + [query]).suffix(Self.mostQueries)
    while entries.count > Self.mostStores, let other = entries.keys.first(where: { $0 != key }) {
      entries[other] = nil
    }
    try file.write(entries)
  }
}

extension Session {
  /// What was asked of this store in earlier sessions, oldest first.
  public func rememberedQueries() -> [String] {
    memory?.queries(ofStoreAt: place.withLock { $0.location.path }) ?? []
  }

  /// Keeps a query for later sessions; that it cannot be kept is no reason to fail.
  public func remember(query: String) {
    try? memory?.remember(query, ofStoreAt: place.withLock { $0.location.path })
  }

  private var memory: QueryMemory? { workshop.folders.map { QueryMemory(stateFolder: $0.state) } }
}
