import Foundation

/// The bytes of a file or of the standard input, one after another, through one buffer.
///
/// A byte order mark of UTF-8 at the start is passed over.
final class ByteInput {
  /// The file as the caller named it.
  let path: String
  /// The offset of the next byte in the file.
  private(set) var offset = 0

  private let descriptor: Int32
  private let closesDescriptor: Bool
  private var buffer: [UInt8]
  private var position = 0
  private var end = 0

  /// Opens `path`, "-" for the standard input.
  ///
  /// - Throws: ``SourceError`` `.unreadable`, or `.binary` or `.badEncoding` when the first bytes are
  ///   those of a known format that is not UTF-8 text.
  init(path: String, bufferSize: Int = 1 << 18) throws(SourceError) {
    self.path = path
    buffer = [UInt8](repeating: 0, count: max(bufferSize, Self.headSize))
    closesDescriptor = path != "-"
    descriptor = closesDescriptor ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard descriptor >= 0 else { throw .system("open", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("read", path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw SourceError(.unreadable, "a file is expected, this is a folder", file: path)
    }
    try checkHead()
  }

  deinit {
    if closesDescriptor, descriptor >= 0 { close(descriptor) }
  }

  private static let headSize = 16

  private func checkHead() throws(SourceError) {
    while end < Self.headSize, try fill() {}
    if var refusal = BinaryFormat.refusal(of: buffer[..<end]) {
      refusal.file = path
      throw refusal
    }
    if buffer[..<end].starts(with: [0xef, 0xbb, 0xbf]) {
      position = 3
      offset = 3
    }
  }

  /// The next byte, which stays the next one; nil at the end.
  func peek() throws(SourceError) -> UInt8? {
    if position == end {
      position = 0
      end = 0
      guard try fill() else { return nil }
    }
    return buffer[position]
  }

  func next() throws(SourceError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    position += 1
    offset += 1
    return byte
  }

  /// The bytes up to the next line feed, which is passed over and not returned; nil at the end.
  ///
  /// A line may be as long as memory allows.
  func line() throws(SourceError) -> [UInt8]? {
    guard try peek() != nil else { return nil }
    var line: [UInt8] = []
    while try peek() != nil {
      if let feed = buffer[position..<end].firstIndex(of: 0x0a) {
        line += buffer[position..<feed]
        offset += feed + 1 - position
        position = feed + 1
        return line
      }
      line += takeBuffered()
    }
    return line
  }

  /// Everything that is left.
  func rest() throws(SourceError) -> [UInt8] {
    var rest: [UInt8] = []
    while try peek() != nil { rest += takeBuffered() }
    return rest
  }

  private func takeBuffered() -> ArraySlice<UInt8> {
    let taken = buffer[position..<end]
    offset += taken.count
    position = end
    return taken
  }

  /// Reads more behind what is there; false at the end of the file.
  private func fill() throws(SourceError) -> Bool {
    let start = end
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { read(descriptor, $0 + start, bytes.count - start) } ?? 0
      }
      if count >= 0 {
        end += count
        return count > 0
      }
      guard errno == EINTR else { throw .system("read", path) }
    }
  }
}

extension SourceError {
  /// An error of a system call on a file, with `errno`'s text.
  static func system(_ verb: String, _ path: String) -> SourceError {
    SourceError(.unreadable, "cannot \(verb) it: \(String(cString: strerror(errno)))", file: path)
  }
}
