/// How the bytes of a file become documents.
public enum SourceKind: String, Sendable, Hashable, CaseIterable {
  /// The whole file is one document.
  case text
  /// Read as text is; the name tells people what is in the file.
  case markdown
  /// One JSON object a line.
  case jsonLines = "jsonl"
  /// One JSON list of objects, or one object alone.
  case json
  /// Comma-separated values with a header.
  case csv
  /// Tab-separated values with a header.
  case tsv

  /// The kind that the ending of a file name tells, in either case.
  ///
  /// HTML is refused: its text is not what its bytes are. Who wants the markup chooses ``text``.
  ///
  /// - Throws: ``SourceError`` `.binary` for known formats that are not text, `.unknownKind` for
  ///   everything else; both say what to do.
  public init(path: String) throws(SourceError) {
    let ending = Self.ending(of: path)
    if let kind = Self.kinds[ending] {
      self = kind
      return
    }
    if let advice = BinaryFormat.advice(ending: ending) {
      throw SourceError(.binary, "a .\(ending) file is not text; \(advice)", file: path)
    }
    if ["html", "htm", "xhtml"].contains(ending) {
      throw SourceError(
        .unknownKind,
        "HTML is not read, its tags are not text; convert it to text or Markdown first "
          + "(for example pandoc -t plain), or choose the kind text to take it as it is",
        file: path)
    }
    let found = ending.isEmpty ? "the name has no ending" : "the ending .\(ending) is not known"
    throw SourceError(
      .unknownKind,
      "\(found), known are \(Self.endings.map { ".\($0)" }.joined(separator: " ")); "
        + "choose a kind: \(Self.allCases.map(\.rawValue).joined(separator: ", "))",
      file: path)
  }

  /// The endings of names that folders and globs give, sorted.
  public static var endings: [String] { kinds.keys.sorted() }

  private static let kinds: [String: SourceKind] = [
    "txt": .text, "rst": .text, "md": .markdown, "markdown": .markdown, "jsonl": .jsonLines,
    "ndjson": .jsonLines, "json": .json, "csv": .csv, "tsv": .tsv,
  ]

  private static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
