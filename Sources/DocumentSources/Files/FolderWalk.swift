import Foundation

/// What a path leads to, links followed.
struct FileStatus {
  enum FileType { case file, folder, other }

  let type: FileType
  /// The same for two paths that lead to the same thing.
  let identity: [UInt64]

  /// Nil when there is nothing, or a link that leads nowhere; `errno` tells.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: type = .file
    case S_IFDIR: type = .folder
    default: type = .other
    }
    identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  /// The path without links and dots; `path` itself when there is none.
  static func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}

/// Lists the files below folders; links to folders that were walked already are not followed again.
struct FolderWalk {
  private var walked: Set<[UInt64]> = []
  /// Names that lead nowhere: broken links, and names that are not UTF-8.
  private(set) var lost: [String] = []

  /// The regular files below `folder`, hidden ones left out, by the bytes of their names, each folder's
  /// content at the place of its name.
  ///
  /// - Throws: ``SourceError`` `.unreadable` naming the folder that may not be listed.
  mutating func files(below folder: String) throws(SourceError) -> [String] {
    guard let status = FileStatus(folder), walked.insert(status.identity).inserted else { return [] }
    var files: [String] = []
    for name in try Self.names(in: folder) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      switch FileStatus(path)?.type {
      case .file?: files.append(path)
      case .folder?: files += try self.files(below: path)
      case .other?: break
      case nil: lost.append(path)
      }
    }
    return files
  }

  /// The names in a folder, sorted by their bytes; `.` and `..` are left out.
  static func names(in folder: String) throws(SourceError) -> [String] {
    // Foundation's errors do not keep the system's reason.
    guard let directory = opendir(folder) else { throw .system("list", folder) }
    closedir(directory)
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw SourceError(.unreadable, "cannot list it: \(error)", file: folder)
    }
  }
}
