/// Reads the rows of a file of separated values (RFC 4180).
///
/// A field in quotes may hold separators, line ends and doubled quotes. A quote inside a field that does
/// not start with one stands for itself, as in Python's csv. Rows end with `\n`, `\r\n` or `\r`; empty
/// lines are no rows.
struct CSVRecords {
  struct Row {
    var fields: [Field]
    /// Where the row starts, counted from 1.
    var line: Int
  }

  struct Field {
    /// Unquoted.
    var bytes: [UInt8] = []
    var line: Int
    /// The offset in the file of the first of its bytes, behind the opening quote.
    var offset: Int
    var isQuoted = false

    /// The offset in the file of the byte at `place`: inside quotes every quote takes two bytes.
    func fileOffset(of place: Int) -> Int {
      let doubled = isQuoted ? bytes[..<place].count { $0 == UInt8(ascii: "\"") } : 0
      return offset + place + doubled
    }
  }

  private let input: ByteInput
  private let separator: UInt8
  private var line = 1

  init(_ input: ByteInput, separator: UInt8) {
    self.input = input
    self.separator = separator
  }

  /// The next row; nil at the end.
  ///
  /// - Throws: ``SourceError`` `.badCSV`; the next call goes on in the line behind.
  mutating func next() throws(SourceError) -> Row? {
    while let byte = try input.peek(), byte == 0x0a || byte == 0x0d { try endRow() }
    guard try input.peek() != nil else { return nil }
    var row = Row(fields: [], line: line)
    while true {
      row.fields.append(try field())
      guard let byte = try input.peek() else { return row }
      if byte == separator {
        _ = try input.next()
      } else {
        try endRow()
        return row
      }
    }
  }

  /// Reads up to a separator, a line end or the end of the file.
  private mutating func field() throws(SourceError) -> Field {
    if try input.peek() == UInt8(ascii: "\"") { return try quotedField() }
    var field = Field(line: line, offset: input.offset)
    while let byte = try input.peek(), !endsField(byte) {
      field.bytes.append(byte)
      _ = try input.next()
    }
    return field
  }

  private mutating func quotedField() throws(SourceError) -> Field {
    _ = try input.next()
    var field = Field(line: line, offset: input.offset, isQuoted: true)
    while let byte = try input.next() {
      guard byte == UInt8(ascii: "\"") else {
        if byte == 0x0a { line += 1 }
        field.bytes.append(byte)
        continue
      }
      switch try input.peek() {
      case UInt8(ascii: "\""):
        _ = try input.next()
        field.bytes.append(byte)
      case nil: return field
      case let next? where endsField(next): return field
      default:
        let place = line
        try skipLine()
        throw failure(
          "behind a closing quote the field must end; write a quote inside a field twice", line: place)
      }
    }
    throw failure("the quote that opens a field in this line is never closed", line: field.line)
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == 0x0a || byte == 0x0d
  }

  /// Passes over one line end, which is next.
  private mutating func endRow() throws(SourceError) {
    if try input.next() == 0x0d, try input.peek() == 0x0a { _ = try input.next() }
    line += 1
  }

  private mutating func skipLine() throws(SourceError) {
    while let byte = try input.peek(), byte != 0x0a, byte != 0x0d { _ = try input.next() }
    if try input.peek() != nil { try endRow() }
  }

  private func failure(_ message: String, line: Int) -> SourceError {
    SourceError(.badCSV, message, file: input.path, line: line)
  }
}
