import Foundation

/// What tells whether a store's files are still those that were opened: size, time, inode of each.
public struct Fingerprint: Sendable, Hashable {
  private struct Stamp: Sendable, Hashable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt64
  }

  private let stamps: [Stamp?]

  /// A missing file has no stamp.
  public init(of location: StoreLocation) {
    stamps = location.files.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Stamp(
        size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
        nanoseconds: Int(status.st_mtim.tv_nsec), inode: UInt64(status.st_ino))
    }
  }
}
