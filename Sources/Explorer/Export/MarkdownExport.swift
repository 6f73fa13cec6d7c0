import VectorStore

/// A report: what was asked, a table of all rows, then every document whole in a fence that its content cannot close.
///
/// Characters that could steer a terminal, or hide what a text says, are spelled out.
struct MarkdownExport: ExportForm {
  private let title: String
  private let facts: [String]
  private let isRanked: Bool

  /// Characters of a content that the table shows.
  private static let previewLength = 80

  let needsSurvey = true

  /// `facts` are lines about the store and the search, as they are.
  init(title: String, facts: [String], isRanked: Bool) {
    self.title = title
    self.facts = facts
    self.isRanked = isRanked
  }

  func head() -> String {
    let columns = (isRanked ? ["#", "score"] : []) + ["row", "id", "content"]
    let rules = (isRanked ? ["--:", "--:"] : []) + ["--:", "---", "---"]
    return "# \(Self.inline(title))\n\n" + facts.map { "* \($0)\n" }.joined() + "\n"
      + "| \(columns.joined(separator: " | ")) |\n| \(rules.joined(separator: " | ")) |\n"
  }

  func survey(_ row: ExportRow) -> String {
    var cells = isRanked ? [row.rank.map { "\($0)" } ?? "", row.score.map { "\($0)" } ?? ""] : []
    let content = row.document.content.string
    let line = String(content.prefix(Self.previewLength))
    cells += [
      "\(row.row)", Self.cell(row.document.id.text),
      Self.cell(line) + (line.utf8.count < content.utf8.count ? " …" : ""),
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  func body() -> String { "" }

  func text(of row: ExportRow) -> String {
    let place = row.rank.map { "\($0)" } ?? "row \(row.row)"
    var text = "\n## \(place) · \(Self.inline(row.document.id.text))\n\n"
    if let score = row.score { text += "* score: \(score), row \(row.row)\n" }
    for entry in row.document.metadata.entries {
      text += "* \(Self.inline(entry.key.displayText)): \(Self.code(entry.value.displayText))\n"
    }
    if row.score != nil || !row.document.metadata.isEmpty { text += "\n" }
    let content = Self.visible(row.document.content.string, keepingLines: true)
    let fence = String(repeating: "`", count: max(3, Self.longestRun(of: "`", in: content) + 1))
    return text + "\(fence)text\n\(content)\n\(fence)\n"
  }

  /// One line of text in which nothing is markup.
  static func inline(_ text: String) -> String {
    var line = ""
    for character in visible(text, keepingLines: false) {
      if "\\`*_{}[]()<>#+!|~&".contains(character) { line.append("\\") }
      line.append(character)
    }
    return line
  }

  /// One line as code, longer fences around it than it has in it.
  static func code(_ text: String) -> String {
    let line = visible(text, keepingLines: false)
    let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    let needsBlanks =
      line.isEmpty || line.hasPrefix("`") || line.hasSuffix("`") || line.allSatisfy { $0 == " " }
    return fence + (needsBlanks ? " \(line) " : line) + fence
  }

  private static func cell(_ text: String) -> String { inline(text) }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
      run = next == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// The text with its line ends as `\n`, or as blanks, and without characters that act instead of being seen.
  private static func visible(_ text: String, keepingLines: Bool) -> String {
    var result = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      defer { isAfterReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0a where isAfterReturn: break
      case 0x0a, 0x0d: result.append(keepingLines ? "\n" : " ")
      case 0x09: result.append(keepingLines ? "\t" : " ")
      case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069:
        let digits = String(scalar.value, radix: 16)
        let padded = String(repeating: "0", count: 4 - digits.count) + digits
        result.append(contentsOf: "\\u\(padded)".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
