import VectorStore

/// Reads files one document at a time, so that a file may be larger than memory.
///
/// Text and Markdown files are read whole; of all others one record is in memory.
public final class DocumentReader {
  /// What was read and left out so far.
  public var report: SourceReport {
    var report = finished
    if let reader { report.take(reader.notes) }
    return report
  }

  private let files: [SourceFile]
  private let settings: SourceSettings
  private var nextFile = 0
  private var reader: (any RecordReader)?
  private var finished = SourceReport()

  public init(_ files: [SourceFile], settings: SourceSettings = SourceSettings()) {
    self.files = files
    self.settings = settings
  }

  /// The next document with a text; nil behind the last one.
  ///
  /// Where the settings skip bad records it never throws. Otherwise the caller may go on after an error:
  /// the next call reads on behind the bad record, or the bad file.
  ///
  /// - Throws: ``SourceError``, with the file and, where there is one, the line.
  public func next() throws(SourceError) -> SourceDocument? {
    while true {
      do {
        guard let reader = try currentReader() else { return nil }
        guard let document = try reader.next() else {
          close()
          continue
        }
        if document.text.utf8.isBlank {
          finished.skippedBlank += 1
          continue
        }
        finished.read += 1
        return document
      } catch {
        // After an error of the system the same read would fail again and again.
        if error.code == .unreadable || reader?.isFinished == true { close() }
        guard settings.skipsBad else { throw error }
        finished.skip(error)
      }
    }
  }

  /// All that is left, in memory.
  public func rest() throws(SourceError) -> [SourceDocument] {
    var documents: [SourceDocument] = []
    while let document = try next() { documents.append(document) }
    return documents
  }

  private func currentReader() throws(SourceError) -> (any RecordReader)? {
    if let reader { return reader }
    guard nextFile < files.count else { return nil }
    let file = files[nextFile]
    nextFile += 1
    let input = try ByteInput(path: file.path)
    finished.files += 1
    let opened: any RecordReader =
      switch file.kind {
      case .text, .markdown: TextReader(input, settings: settings)
      case .jsonLines: JSONLinesReader(input, settings: settings)
      case .json: JSONListReader(input, settings: settings)
      case .csv: CSVReader(input, separator: UInt8(ascii: ","), settings: settings)
      case .tsv: CSVReader(input, separator: UInt8(ascii: "\t"), settings: settings)
      }
    reader = opened
    return opened
  }

  private func close() {
    if let reader { finished.take(reader.notes) }
    reader = nil
  }
}

extension SourceReport {
  fileprivate mutating func take(_ notes: RecordNotes) {
    replacedSequences += notes.replacedSequences
    ignoredFields.formUnion(notes.ignoredFields)
  }
}
