import VectorStore

/// Reads the objects of one JSON list, an element at a time, or one object that is the whole file.
///
/// Only one element is in memory. A bad element is passed over up to the comma behind it.
final class JSONListReader: RecordReader {
  private let input: ByteInput
  private let settings: SourceSettings
  private var line = 1
  private var stage = Stage.start
  private(set) var notes = RecordNotes()

  private enum Stage { case start, elements, closing, finished }

  init(_ input: ByteInput, settings: SourceSettings) {
    self.input = input
    self.settings = settings
  }

  var isFinished: Bool { stage == .finished }

  func next() throws(SourceError) -> SourceDocument? {
    switch stage {
    case .start: return try first()
    case .elements: return try element()
    case .closing:
      try finish()
      return nil
    case .finished: return nil
    }
  }

  private func first() throws(SourceError) -> SourceDocument? {
    stage = .finished
    try skipBlanks()
    switch try input.peek() {
    case UInt8(ascii: "["):
      _ = try input.next()
      try skipBlanks()
      if try input.peek() == UInt8(ascii: "]") {
        try finish()
        return nil
      }
      stage = .elements
      return try element()
    case UInt8(ascii: "{"):
      let (start, offset) = (line, input.offset)
      let bytes = try value(endsAtClosingBrace: true)
      try skipBlanks()
      guard try input.peek() == nil else {
        throw failure("the file must end behind its object; one object a line is the kind jsonl", line)
      }
      return try document(bytes, line: start, offset: offset)
    case nil:
      throw failure("a list of objects or an object is expected, the file is empty", line)
    default:
      throw failure("a list of objects or an object is expected; is this file JSON?", line)
    }
  }

  /// Stands before an element.
  private func element() throws(SourceError) -> SourceDocument? {
    try skipBlanks()
    let (start, offset) = (line, input.offset)
    let bytes = try value(endsAtClosingBrace: false)
    switch try input.peek() {
    case UInt8(ascii: ","): _ = try input.next()
    case UInt8(ascii: "]"): stage = .closing
    default:
      stage = .finished
      throw failure("the list has no closing ], its last element starts in line \(start)", line)
    }
    return try document(bytes, line: start, offset: offset)
  }

  /// Stands at the closing bracket of the list.
  private func finish() throws(SourceError) {
    stage = .finished
    _ = try input.next()
    try skipBlanks()
    if try input.peek() != nil { throw failure("the file must end behind the closing ] of its list", line) }
  }

  private func document(_ bytes: [UInt8], line: Int, offset: Int) throws(SourceError) -> SourceDocument {
    guard !bytes.isBlank else { throw failure("an object is expected at this comma or bracket", line) }
    let text = try notes.text(
      of: bytes, file: input.path, line: line, settings: settings
    ) { offset + $0 }
    let origin = SourceOrigin(file: input.path, line: line)
    return try JSONRecord(settings: settings, origin: origin).document(json: text, notes: &notes)
  }

  /// The bytes of a value, found by its brackets and quotes alone.
  private func value(endsAtClosingBrace: Bool) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    while let byte = try input.peek() {
      if depth == 0, !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { break }
      _ = try input.next()
      bytes.append(byte)
      if byte == 0x0a { line += 1 }
      if isQuoted {
        if !isEscaped, byte == UInt8(ascii: "\"") { isQuoted = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      default: break
      }
      if endsAtClosingBrace, depth == 0, !isQuoted { break }
    }
    return bytes
  }

  private func skipBlanks() throws(SourceError) {
    while let byte = try input.peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      if byte == 0x0a { line += 1 }
      _ = try input.next()
    }
  }

  private func failure(_ message: String, _ line: Int) -> SourceError {
    SourceError(.badJSON, message, file: input.path, line: line)
  }
}
