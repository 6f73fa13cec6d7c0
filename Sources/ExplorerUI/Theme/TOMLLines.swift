/// On which line of a TOML text each key is written, for messages about keys that were read without their places.
struct TOMLLines {
  private var lines: [String: Int] = [:]

  /// Reads `[table]` and `key =` lines; the parser has the last say on what they mean.
  init(_ text: String) {
    var table = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(line).trimmed
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        table = Self.plain(line[line.index(after: line.startIndex)..<end]) + "."
      } else if !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") {
        let path = table + Self.plain(line[..<sign])
        if lines[path] == nil { lines[path] = index + 1 }
      }
    }
  }

  /// A path without its quotes and blanks.
  private static func plain(_ text: Substring) -> String {
    String(text.filter { !"\"' \t".contains($0) })
  }

  /// "keys.toml: line 3", or the file's name alone where the line is not known.
  func place(of path: String, in file: String) -> String {
    lines[path].map { "\(file): line \($0)" } ?? file
  }
}
