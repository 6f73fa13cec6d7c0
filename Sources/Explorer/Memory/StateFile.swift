import Foundation
import StoreFormats
import VectorStore

/// A JSON file in Fathom's own state folder, for nobody else's eyes: what it remembers between sessions.
///
/// Written whole or not at all; several programs that write at once lose what all but the last of them added,
/// never the file.
package struct StateFile<Contents: Codable & Sendable>: Sendable {
  let path: String

  package init(_ name: String, in folder: String) { path = "\(folder)/\(name)" }

  /// What the file holds; nil when there is none, or it says something else.
  package func read() -> Contents? {
    FileManager.default.contents(atPath: path).flatMap {
      try? JSONDecoder().decode(Contents.self, from: $0)
    }
  }

  /// Throws ``ExplorerError`` `.cannotWrite`.
  package func write(_ contents: Contents) throws(ExplorerError) {
    let beside = "\(path).\(getpid())"
    do {
      let folder = path.parentFolder
      try Folder.create(folder, permissions: 0o700)
      sweep(folder)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      var sink = try FileSink(path: beside, permissions: 0o600)
      try sink.append([UInt8](try encoder.encode(contents)))
      try sink.finish()
      guard rename(beside, path) == 0 else { throw VectorStoreError.system("write", path) }
    } catch {
      unlink(beside)
      throw ExplorerError(.cannotWrite, "\(ExplorerError(error).message); nothing was remembered")
    }
  }

  /// Removes what processes left that were killed while they wrote.
  private func sweep(_ folder: String) {
    let name = (path as NSString).lastPathComponent + "."
    for found in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where found.hasPrefix(name) {
      guard let process = pid_t(found.dropFirst(name.count)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      unlink("\(folder)/\(found)")
    }
  }
}

/// How stores are known between sessions: by their real path.
enum StorePath {
  static func key(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
