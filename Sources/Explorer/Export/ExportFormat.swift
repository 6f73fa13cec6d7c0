import Foundation

/// What an export is written as.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable {
  /// JSON Lines that `fathom build` reads: an object a document.
  case jsonLines = "jsonl"
  /// Comma-separated values (RFC 4180): a column for each metadata key.
  case csv
  /// A report for people.
  case markdown = "md"

  /// The names, for messages.
  public static let names = allCases.map(\.rawValue).joined(separator: ", ")

  /// The format that a file's ending names.
  ///
  /// Throws ``ExplorerError`` `.usage` with the endings that are known.
  public init(path: String) throws(ExplorerError) {
    let ending = (path as NSString).pathExtension.lowercased()
    switch ending {
    case "jsonl", "ndjson": self = .jsonLines
    case "csv": self = .csv
    case "md", "markdown": self = .markdown
    default:
      let found = ending.isEmpty ? "\(path) has no ending" : "\".\(ending)\" is no format to export to"
      throw ExplorerError(
        .usage, "\(found); write a file that ends in .jsonl, .csv or .md")
    }
  }
}
