import Foundation

/// What tells whether a store's files are still those that were opened: size, time, inode of each.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
  private struct Stamp: Sendable, Hashable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt64
  }

  private let stamps: [Stamp?]
  /// Of a store in a database, which shares its file with others.
  private var revision: String?

  /// One line, the same for the same files, that the journal keeps.
  public var description: String {
    if let revision { return revision }
    return stamps.map { stamp in
      stamp.map { "\($0.size):\($0.seconds).\($0.nanoseconds):\($0.inode)" } ?? "none"
    }.joined(separator: " ")
  }

  /// A missing file has no stamp.
  public init(of location: StoreLocation) {
    if case .database(let path, let name) = location {
      self.init(revision: StoreDatabase.revision(path: path, name: name) ?? "none")
    } else {
      self.init(files: location.files)
    }
  }

  init(revision: String) {
    stamps = []
    self.revision = revision
  }

  /// The files of a store under other names; renaming changes nothing.
  init(files: [String]) {
    stamps = files.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Stamp(
        size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
        nanoseconds: Int(status.st_mtim.tv_nsec), inode: UInt64(status.st_ino))
    }
  }
}
