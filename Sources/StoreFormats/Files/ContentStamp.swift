import VectorStore

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

  init(of path: String) {
    if let file = try? MappedFile(path: path) { self.init(of: file) } else { self.init("none") }
  }

  private init(_ description: String) { self.description = description }

  init(of file: MappedFile) {
    let text = file.withBytes { bytes in
      var sum: UInt64 = 0xcbf2_9ce4_8422_2325
      func take(_ start: Int, _ count: Int) {
        for byte in bytes[start..<start + count] { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
      let size = bytes.count
      take(0, min(size, Self.edge))
      take(max(0, size - Self.edge), min(size, Self.edge))
      for number in 0..<Self.pieces where size > 2 * Self.edge {
        take(number * (size / Self.pieces), min(Self.piece, size - number * (size / Self.pieces)))
      }
      return "\(size):\(String(sum, radix: 16))"
    }
    self.init(text)
  }
}
