import VectorStore

/// Reads a whole file as one document with its path as "source"; LangChain's `TextLoader`.
///
/// `\r\n` and a lone `\r` become `\n`, as in a file that Python opens as text, so that blank lines of
/// files from elsewhere separate paragraphs too.
final class TextReader: RecordReader {
  private let input: ByteInput
  private let settings: SourceSettings
  private(set) var isFinished = false
  private(set) var notes = RecordNotes()

  init(_ input: ByteInput, settings: SourceSettings) {
    self.input = input
    self.settings = settings
  }

  func next() throws(SourceError) -> SourceDocument? {
    guard !isFinished else { return nil }
    isFinished = true
    let start = input.offset
    let bytes = try input.rest()
    if let null = bytes.firstIndex(of: 0) {
      throw SourceError(
        .binary,
        "byte \(start + null) of the file is NUL, which texts do not have; convert the file to text first",
        file: input.path, line: 1 + bytes[..<null].count { $0 == 0x0a }, byteOffset: start + null)
    }
    let text = try notes.text(of: bytes, file: input.path, line: 1, settings: settings) { start + $0 }
    return SourceDocument(
      text: Text(text.withLineFeeds), metadata: ["source": .string(Text(input.path))],
      origin: SourceOrigin(file: input.path, line: 1))
  }
}

extension String {
  /// The text with `\n` for every `\r\n` and `\r`.
  fileprivate var withLineFeeds: String {
    guard utf8.contains(0x0d) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var followsReturn = false
    for byte in utf8 {
      if byte == 0x0d {
        bytes.append(0x0a)
      } else if byte != 0x0a || !followsReturn {
        bytes.append(byte)
      }
      followsReturn = byte == 0x0d
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
