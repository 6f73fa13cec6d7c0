import Foundation
import StoreFormats

/// Where an export goes: a file that gets its name only when it is whole.
struct ExportFile {
  /// The file itself where the path named is a link to it.
  let path: String
  private let newPath: String
  private let permissions: mode_t?

  /// Throws ``ExplorerError`` `.exists` when there is a file that may not be replaced; `.cannotWrite` when there is
  /// something that is no file, or no folder to write it in.
  init(_ path: String, replaces: Bool) throws(ExplorerError) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw ExplorerError(.cannotWrite, "\(path) is no file that an export could replace")
      }
      guard replaces else { throw ExplorerError(.exists, "\(path) exists; nothing was written") }
    }
    self.path = isThere ? URL(filePath: path).resolvingSymlinksInPath().path : path
    permissions = isThere ? status.st_mode & 0o7777 : nil
    let folder = self.path.parentFolder
    guard access(folder, W_OK | X_OK) == 0 else {
      throw ExplorerError(.cannotWrite, "cannot write in \(folder): \(String(cString: strerror(errno)))")
    }
    let name = (self.path as NSString).lastPathComponent
    newPath = (folder as NSString).appendingPathComponent(".\(name).\(getpid()).fathom-new")
  }

  /// Lets `body` write, then gives the file its name; on any error there is nothing of it, and a file of before is
  /// as it was.
  func write(_ body: (inout FileSink) async throws -> Void) async throws -> Int {
    do {
      var sink = try FileSink(unnamedFor: newPath, like: permissions)
      try await body(&sink)
      try sink.finish(as: path)
      return sink.bytesWritten
    } catch {
      unlink(newPath)
      throw error
    }
  }
}
