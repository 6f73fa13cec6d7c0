import VectorStore

/// Which embedder a store's text queries were answered with last: LangChain's folders do not say.
///
/// A store is known by its real path and its dimension, so that another index in the same folder does not inherit
/// the embedder.
public struct EmbedderMemory: Sendable {
  private struct Entry: Codable, Sendable, Equatable {
    var embedder: String
    var dimension: Int
  }

  private let file: StateFile<[String: Entry]>
  /// The most stores remembered.
  private static let limit = 1000

  public init(_ folders: UserFolders) { file = StateFile("embedders.json", in: folders.state) }

  /// The embedder remembered for a store; nil when there is none, or the file cannot be read.
  public func embedder(ofStoreAt path: String, dimension: Int) -> EmbedderName? {
    guard let entry = file.read()?[StorePath.key(path)], entry.dimension == dimension else { return nil }
    return try? EmbedderName(parsing: entry.embedder)
  }

  /// Remembers an embedder; `nil` forgets it.
  ///
  /// Throws `.cannotWrite`; a caller for whom remembering is a courtesy may go on.
  public func remember(
    _ embedder: EmbedderName?, forStoreAt path: String, dimension: Int
  ) throws(ExplorerError) {
    var entries = file.read() ?? [:]
    let key = StorePath.key(path)
    let entry = embedder.map { Entry(embedder: $0.description, dimension: dimension) }
    if entries[key] == entry { return }
    entries[key] = entry
    while entries.count > Self.limit, let other = entries.keys.first(where: { $0 != key }) {
      entries[other] = nil
    }
    try file.write(entries)
  }
}
