import DocumentSources
import VectorStore

/// The documents that an ``AddRequest`` names, read, cut and freed of doubles.
struct DocumentIntake: Sendable {
  private(set) var documents: [SourceDocument] = []
  private(set) var report = AddReport()

  /// Reads all files.
  ///
  /// `existing` holds the contents of the store when doubles are skipped.
  ///
  /// Throws ``ExplorerError`` that names file and line, and `CancellationError`.
  init(_ request: AddRequest, existing: Set<Text>, progress: @Sendable (Progress) -> Void) throws {
    do {
      let selection = try FileSelection(request.files, kind: request.kind)
      report.passedOver = selection.passedOver.count
      let reader = DocumentReader(selection.files, settings: request.reading)
      let kinds = Dictionary(selection.files.map { ($0.path, $0.kind) }) { first, _ in first }
      var seen = existing
      while let document = try reader.next() {
        try Task.checkCancellation()
        for var part in cut(document, request, kinds[document.origin.file]) {
          if request.skipsSameContent, !seen.insert(part.text).inserted {
            report.skippedSame += 1
            continue
          }
          for entry in request.metadata.entries { part.metadata[entry.key] = entry.value }
          documents.append(part)
        }
        if documents.count % 1000 == 0 {
          progress(Progress(completed: 0, total: 0, note: "reading · \(documents.count) documents"))
        }
      }
      report.source = reader.report
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  private mutating func cut(
    _ document: SourceDocument, _ request: AddRequest, _ kind: SourceKind?
  ) -> [SourceDocument] {
    let isRecord = kind != .text && kind != .markdown
    guard let splitter = request.splitter, !isRecord || request.splitsRecords else { return [document] }
    let (parts, warnings) = document.split(by: splitter)
    report.longChunks += warnings.map { "\(document.origin.file): \($0)" }
    return parts
  }
}
