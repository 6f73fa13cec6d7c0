import VectorStore

/// What is exported, and as what.
public struct ExportRequest: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    /// The rows that a filter lets through, in the order that they are listed in.
    case documents(filter: Filter?, order: RowOrder)
    /// The rows of these ids, in row order; ids that are not there any more are left out.
    case ids([DocumentID])
    /// Results, with their ranks and scores.
    case results([Hit])
  }

  public var subject: Subject
  public var format: ExportFormat
  /// The vectors too; a report has no place for them.
  public var hasVectors: Bool
  /// What was searched for, for the head of a report.
  public var search: SearchRequest?

  public init(
    _ subject: Subject, as format: ExportFormat, hasVectors: Bool = false, search: SearchRequest? = nil
  ) {
    self.subject = subject
    self.format = format
    self.hasVectors = hasVectors
    self.search = search
  }
}

/// A document on its way into an export.
struct ExportRow: Sendable {
  var row: Int
  var document: Document
  /// For results: counts from 1.
  var rank: Int?
  var score: Float?
  /// Empty unless vectors were asked for.
  var vector: [Float] = []
}

/// What was exported.
public struct ExportReport: Sendable, Hashable {
  public var path: String
  public var documents: Int
  public var bytes: Int

  public init(path: String, documents: Int, bytes: Int) {
    self.path = path
    self.documents = documents
    self.bytes = bytes
  }
}
