import VectorStore

/// Reads a file of separated values with a header: one column is the text, the others are metadata.
///
/// Fields that are empty are missing. Others are read as JSON numbers and "true", "false", in any of
/// Python's and JSON's spellings, where they look like them: "007", "+1" and ".5" stay text.
final class CSVReader: RecordReader {
  private let input: ByteInput
  private let settings: SourceSettings
  private var rows: CSVRecords
  private var header: Header?
  private(set) var isFinished = false
  private(set) var notes = RecordNotes()

  private struct Header {
    var names: [String]
    var text: Int
    var id: Int?
  }

  init(_ input: ByteInput, separator: UInt8, settings: SourceSettings) {
    self.input = input
    self.settings = settings
    rows = CSVRecords(input, separator: separator)
  }

  func next() throws(SourceError) -> SourceDocument? {
    let header: Header
    if let known = self.header {
      header = known
    } else {
      // Without a header no row means anything.
      isFinished = true
      header = try readHeader()
      self.header = header
      isFinished = false
    }
    guard let row = try rows.next() else {
      isFinished = true
      return nil
    }
    guard row.fields.count == header.names.count else {
      throw failure(
        .badCSV,
        "\(header.names.count) fields are expected, as in the header, the row has \(row.fields.count)",
        line: row.line)
    }
    return try document(of: texts(of: row), header: header, line: row.line)
  }

  private func document(of fields: [String], header: Header, line: Int) -> SourceDocument {
    var pairs: [(MetadataValue, MetadataValue)] = []
    for (column, field) in fields.enumerated() where column != header.text && column != header.id {
      guard !field.isEmpty else { continue }
      let value = settings.typesColumns ? MetadataValue(typing: field) : .string(Text(field))
      pairs.append((.string(Text(header.names[column])), value))
    }
    let id = header.id.flatMap { fields[$0].isEmpty ? nil : DocumentID(fields[$0]) }
    return SourceDocument(
      text: Text(fields[header.text]), metadata: Metadata(pairs), id: id,
      origin: SourceOrigin(file: input.path, line: line))
  }

  private func readHeader() throws(SourceError) -> Header {
    guard let row = try rows.next() else {
      throw failure(.badCSV, "a header with the names of the columns is expected, the file is empty", line: 1)
    }
    var names: [String] = []
    for (column, name) in try texts(of: row).enumerated() {
      let name = name.isEmpty ? "column \(column + 1)" : name
      guard !names.contains(name) else {
        throw failure(.badCSV, "the header has two columns \"\(name.shortened)\"; rename one", line: row.line)
      }
      names.append(name)
    }
    let id = try settings.idField.map { (field) throws(SourceError) in
      try place(of: [field], in: names, what: "id", line: row.line)
    }
    if settings.textField == nil, names.count == 1 { return Header(names: names, text: 0, id: id) }
    let candidates = settings.textField.map { [$0] } ?? SourceSettings.textFields
    let text = try place(of: candidates, in: names, what: "text", line: row.line)
    return Header(names: names, text: text, id: id)
  }

  private func place(
    of candidates: [String], in names: [String], what: String, line: Int
  ) throws(SourceError) -> Int {
    for candidate in candidates {
      if let place = names.firstIndex(of: candidate) { return place }
    }
    let expected = candidates.map { "\"\($0)\"" }.joined(separator: " or ")
    let found = names.prefix(20).map { "\"\($0.shortened)\"" }.joined(separator: ", ")
    throw failure(
      .noText, "a column \(expected) with the \(what) is expected; the header has \(found)", line: line)
  }

  private func texts(of row: CSVRecords.Row) throws(SourceError) -> [String] {
    var texts: [String] = []
    for field in row.fields {
      guard !field.bytes.contains(0) else {
        throw failure(
          .binary, "this row has a NUL byte, which texts do not have; convert the file first",
          line: field.line)
      }
      texts.append(
        try notes.text(
          of: field.bytes, file: input.path, line: field.line, settings: settings,
          fileOffset: field.fileOffset))
    }
    return texts
  }

  private func failure(_ code: SourceError.Code, _ message: String, line: Int) -> SourceError {
    SourceError(code, message, file: input.path, line: line)
  }
}

extension MetadataValue {
  /// The number or boolean that `field` spells; else `field` as text.
  fileprivate init(typing field: String) {
    switch field {
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    default: self = Self.number(field) ?? .string(Text(field))
    }
  }

  private static func number(_ field: String) -> MetadataValue? {
    guard let last = field.utf8.last, (0x30...0x39).contains(last),
      let first = field.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
      let value = try? MetadataValue(json: field)
    else { return nil }
    if case .float(let number) = value, !number.isFinite { return nil }
    return value
  }
}
