/// On which line and in which column of a TOML text each key is written, for messages about keys that were read without their places.
struct TOMLLines {
  private var places: [String: (line: Int, column: Int)] = [:]

  /// Reads `[table]` and `key =` lines; the parser has the last say on what they mean.
  init(_ text: String) {
    var table = ""
    // A line of a file from Windows ends in one character, "\r\n".
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in zip(1..., lines) {
      let column = line.prefix { $0.isWhitespace }.count + 1
      let line = String(line).trimmed
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        table = Self.plain(line[line.index(after: line.startIndex)..<end]) + "."
      } else if !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") {
        let path = table + Self.plain(line[..<sign])
        if places[path] == nil { places[path] = (number, column) }
      }
    }
  }

  /// A path without its quotes and blanks.
  private static func plain(_ text: Substring) -> String {
    String(text.filter { !"\"' \t".contains($0) })
  }

  /// "keys.toml: line 3, column 1", or the file's name alone where the line is not known.
  func place(of path: String, in file: String) -> String {
    places[path].map { "\(file): line \($0.line), column \($0.column)" } ?? file
  }
}
