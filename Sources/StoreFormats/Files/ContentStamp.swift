import Foundation

/// What tells a file's content from another's without reading all of it: the size, and a checksum of its start, its
/// end and pieces between.
///
/// Unlike ``Fingerprint`` it is the same for a copy of the file, as a backup that is put back makes one.
struct ContentStamp: Hashable, CustomStringConvertible {
  private static let edge = 1 << 16
  private static let piece = 1 << 12
  private static let pieces = 256

  /// No blanks; "none" for a file that is not there.
  let description: String

  /// Throws ``StoreFormatError`` with the system's reason for a file that is there and cannot be read.
  init(of path: String) throws(StoreFormatError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw .system("open", path) }
      description = "none"
      return
    }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ start: Int, _ count: Int) throws(StoreFormatError) {
      var bytes = [UInt8](repeating: 0, count: count)
      let found = pread(descriptor, &bytes, count, off_t(start))
      guard found >= 0 else { throw .system("read", path) }
      for byte in bytes.prefix(found) { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    try take(0, min(size, Self.edge))
    try take(max(0, size - Self.edge), min(size, Self.edge))
    for number in 0..<Self.pieces where size > 2 * Self.edge {
      try take(number * (size / Self.pieces), Self.piece)
    }
    description = "\(size):\(String(sum, radix: 16))"
  }
}
