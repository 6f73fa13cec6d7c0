import Foundation
import StoreFormats
import VectorStore

/// The queries that were asked of each store, kept between sessions in the user's own state folder, for nobody
/// else's eyes.
struct QueryMemory: Sendable {
  private static let mostQueries = 200
  private static let mostStores = 100
  private let file: String

  init(stateFolder: String) { file = "\(stateFolder)/queries.json" }

  /// Oldest first; what cannot be read counts as none.
  func queries(ofStoreAt path: String) -> [String] { entries()[Self.key(path)] ?? [] }

  /// Throws ``StoreFormatError`` or ``VectorStoreError`` when the file cannot be written.
  func remember(_ query: String, ofStoreAt path: String) throws {
    var entries = entries()
    let key = Self.key(path)
    entries[key] = ((entries[key] ?? []).filter { $0 != query } + [query]).suffix(Self.mostQueries)
    while entries.count > Self.mostStores, let other = entries.keys.first(where: { $0 != key }) {
      entries[other] = nil
    }
    try Folder.create((file as NSString).deletingLastPathComponent, permissions: 0o700)
    let beside = "\(file).\(getpid())"
    do {
      var sink = try FileSink(path: beside, permissions: 0o600)
      try sink.append([UInt8](try JSONEncoder().encode(entries)))
      try sink.finish()
      guard rename(beside, file) == 0 else { throw VectorStoreError.system("write", file) }
    } catch {
      unlink(beside)
      throw error
    }
  }

  private func entries() -> [String: [String]] {
    guard let data = FileManager.default.contents(atPath: file) else { return [:] }
    return (try? JSONDecoder().decode([String: [String]].self, from: data)) ?? [:]
  }

  private static func key(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
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
