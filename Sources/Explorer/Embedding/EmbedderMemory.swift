import Foundation
import StoreFormats
import VectorStore

/// Which embedder a store's text queries were answered with last: LangChain's folders do not say.
///
/// One JSON file in Fathom's own state folder, readable by its owner only; a store is known by its real
/// path and its dimension, so that another index in the same folder does not inherit the embedder.
public struct EmbedderMemory: Sendable {
  private struct Entry: Codable {
    var embedder: String
    var dimension: Int
  }

  private let file: String
  /// The most stores remembered.
  private static let limit = 1000

  public init(_ folders: UserFolders) { file = "\(folders.state)/embedders.json" }

  /// The embedder remembered for a store; nil when there is none, or the file cannot be read.
  public func embedder(ofStoreAt path: String, dimension: Int) -> EmbedderName? {
    guard let entry = entries()[Self.key(path)], entry.dimension == dimension else { return nil }
    return try? EmbedderName(parsing: entry.embedder)
  }

  /// Remembers an embedder; `nil` forgets it.
  ///
  /// Throws `.cannotWrite`; a caller for whom remembering is a courtesy may go on.
  public func remember(_ embedder: EmbedderName?, forStoreAt path: String, dimension: Int) throws {
    var entries = entries()
    let key = Self.key(path)
    let entry = embedder.map { Entry(embedder: $0.description, dimension: dimension) }
    if entries[key]?.embedder == entry?.embedder, entries[key]?.dimension == entry?.dimension { return }
    entries[key] = entry
    while entries.count > Self.limit, let other = entries.keys.first(where: { $0 != key }) {
      entries[other] = nil
    }
    let beside = "\(file).\(getpid())"
    do {
      let folder = (file as NSString).deletingLastPathComponent
      try Folder.create(folder, permissions: 0o700)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      sweep(folder)
      var sink = try FileSink(path: beside, permissions: 0o600)
      try sink.append([UInt8](try encoder.encode(entries)))
      try sink.finish()
      guard rename(beside, file) == 0 else {
        throw ExplorerError(.cannotWrite, "cannot write \(file): \(String(cString: strerror(errno)))")
      }
    } catch {
      unlink(beside)
      if let error = error as? ExplorerError { throw error }
      throw ExplorerError(.cannotWrite, "cannot remember the embedder: \(error)")
    }
  }

  /// Removes what processes left that were killed while they wrote.
  private func sweep(_ folder: String) {
    let name = (file as NSString).lastPathComponent + "."
    for found in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where found.hasPrefix(name) {
      guard let process = pid_t(found.dropFirst(name.count)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      unlink("\(folder)/\(found)")
    }
  }

  private func entries() -> [String: Entry] {
    guard let data = FileManager.default.contents(atPath: file) else { return [:] }
    return (try? JSONDecoder().decode([String: Entry].self, from: data)) ?? [:]
  }

  private static func key(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
