import VectorStore

/// Reads one JSON object a line; blank lines are passed over.
final class JSONLinesReader: RecordReader {
  private let input: ByteInput
  private let settings: SourceSettings
  private var line = 0
  private(set) var isFinished = false
  private(set) var notes = RecordNotes()

  init(_ input: ByteInput, settings: SourceSettings) {
    self.input = input
    self.settings = settings
  }

  func next() throws(SourceError) -> SourceDocument? {
    while true {
      let start = input.offset
      guard let bytes = try input.line() else {
        isFinished = true
        return nil
      }
      line += 1
      if bytes.isBlank { continue }
      let text = try notes.text(
        of: bytes, file: input.path, line: line, settings: settings
      ) { start + $0 }
      let origin = SourceOrigin(file: input.path, line: line)
      return try JSONRecord(settings: settings, origin: origin).document(json: text, notes: &notes)
    }
  }
}
