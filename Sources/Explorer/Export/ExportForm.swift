import StoreFormats
import VectorStore

/// How rows become text: once through all of them where the form has to know them first, and once to write.
protocol ExportForm {
  /// True when every row is to be shown to ``survey(_:)`` before the first is written.
  var needsSurvey: Bool { get }
  /// What the file starts with.
  mutating func head() -> String
  /// Learns of a row; what it gives goes into the file at once.
  mutating func survey(_ row: ExportRow) -> String
  /// What comes between the survey and the rows.
  mutating func body() -> String
  mutating func text(of row: ExportRow) -> String
}

/// An object a line, as `fathom build` reads them; results have "rank" and "score" too.
struct JSONLinesExport: ExportForm {
  let needsSurvey = false

  func head() -> String { "" }
  func survey(_ row: ExportRow) -> String { "" }
  func body() -> String { "" }

  func text(of row: ExportRow) -> String {
    var fields: Metadata = [:]
    if let rank = row.rank { fields["rank"] = .int(rank) }
    if let score = row.score { fields["score"] = MetadataValue(decimalOf: score) }
    fields["id"] = .string(Text(row.document.id.text))
    fields["content"] = .string(row.document.content)
    fields["metadata"] = .dictionary(row.document.metadata)
    if !row.vector.isEmpty { fields["vector"] = MetadataValue(vector: row.vector) }
    return MetadataValue.dictionary(fields).json + "\n"
  }
}
