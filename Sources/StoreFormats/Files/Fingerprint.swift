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

  /// One line, the same for the same files, that the journal keeps.
  public var description: String {
    stamps.map { stamp in
      stamp.map { "\($0.size):\($0.seconds).\($0.nanoseconds):\($0.inode)" } ?? "none"
    }.joined(separator: " ")
  }

  /// A missing file has no stamp.
  public init(of location: StoreLocation) { self.init(files: location.files) }

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
