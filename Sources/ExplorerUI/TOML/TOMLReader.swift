/// Reads TOML 1.0, of which numbers, dates and truth values are not told apart and lists of tables are refused.
///
/// Our own, because the parser of TOMLKit ends the process at texts such as `[=`.
struct TOMLReader {
  /// - Throws: ``TOMLProblem`` at the first thing that is no TOML. The cost grows with the text alone.
  static func table(_ text: String) throws(TOMLProblem) -> TOMLTable {
    var reader = TOMLReader(text)
    return try reader.file()
  }

  /// Tables and lists within each other; the stack is not at a file's mercy.
  private static let deepest = 64

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var place = TOMLPlace()
  private var depth = 0

  private init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{feff}" { index = 1 }
  }

  // MARK: Lines

  private mutating func file() throws(TOMLProblem) -> TOMLTable {
    var root = TOMLTable()
    var header: [TOMLName] = []
    var headers: Set<[String]> = []
    while true {
      try skipLines()
      guard let next else { return root }
      if next == "[" {
        header = try readHeader()
        guard headers.insert(header.map(\.text)).inserted else {
          throw header[0].place.problem(
            "the table \(header.map(\.text).joined(separator: ".")) is given twice")
        }
        try root.open(header[...])
      } else {
        let (path, item) = try readPair()
        try root.insert(item, at: (header + path)[...])
      }
      skipBlanks()
      try skipComment()
      guard self.next == nil || atLineEnd else { throw unexpected("the end of the line") }
    }
  }

  private mutating func readHeader() throws(TOMLProblem) -> [TOMLName] {
    advance()
    if next == "[" {
      throw place.problem("expected one table, as in [styles]; lists of tables mean nothing here")
    }
    skipBlanks()
    let path = try readPath(expected: "a table's name, as in [styles]")
    guard next == "]" else { throw unexpected("]") }
    advance()
    return path
  }

  private mutating func readPair() throws(TOMLProblem) -> ([TOMLName], TOMLItem) {
    let path = try readPath(expected: "a name")
    guard next == "=" else { throw unexpected("= and a value") }
    advance()
    skipBlanks()
    return (path, TOMLItem(value: try readValue(), place: path[0].place))
  }

  /// A dotted name and the blanks after it; never empty.
  private mutating func readPath(expected: String) throws(TOMLProblem) -> [TOMLName] {
    var path: [TOMLName] = []
    while true {
      let start = place
      let text: String
      if next == "\"" || next == "'" {
        guard !isNext("\"\"\""), !isNext("'''") else { throw unexpected(expected) }
        text = try readString()
      } else {
        text = take {
          $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
            || "_-".unicodeScalars.contains($0)
        }
        if text.isEmpty { throw unexpected(expected) }
      }
      path.append(TOMLName(text: text, place: start))
      guard path.count <= Self.deepest else { throw start.problem("more than \(Self.deepest) names in one") }
      skipBlanks()
      guard next == "." else { return path }
      advance()
      skipBlanks()
    }
  }

  // MARK: Values

  private mutating func readValue() throws(TOMLProblem) -> TOMLValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw place.problem("more than \(Self.deepest) values within each other")
    }
    switch next {
    case "\"", "'": return .string(try readString())
    case "[": return .list(try readList())
    case "{": return .table(try readInlineTable())
    default:
      let start = place
      let text = take {
        $0.isASCII && !" \t\r\n,]}#=[{\"'".unicodeScalars.contains($0) && $0.value > 0x20 && $0.value != 0x7f
      }
      if text.isEmpty { throw unexpected("a value") }
      let isOther = ["true", "false", "inf", "nan"].contains(text) || "+-0123456789".contains(text.prefix(1))
      guard isOther else { throw start.problem("\(text) needs quotes: \"\(text)\"") }
      return .other(text)
    }
  }

  private mutating func readList() throws(TOMLProblem) -> [TOMLItem] {
    var items: [TOMLItem] = []
    advance()
    while true {
      try skipLines()
      if next == "]" { break }
      let start = place
      items.append(TOMLItem(value: try readValue(), place: start))
      try skipLines()
      if next == "]" { break }
      guard next == "," else { throw unexpected(", or ]") }
      advance()
    }
    advance()
    return items
  }

  private mutating func readInlineTable() throws(TOMLProblem) -> TOMLTable {
    var table = TOMLTable()
    advance()
    skipBlanks()
    while next != "}" {
      let (path, item) = try readPair()
      try table.insert(item, at: path[...])
      skipBlanks()
      if next == "}" { break }
      guard next == "," else { throw unexpected(", or }") }
      advance()
      skipBlanks()
      if next == "}" { throw unexpected("a name") }
    }
    advance()
    table.isClosed = true
    return table
  }

  // MARK: Texts

  private mutating func readString() throws(TOMLProblem) -> String {
    guard let quote = next else { throw unexpected("a text in quotes") }
    let long = String(repeating: Character(quote), count: 3)
    let isLong = isNext(long)
    let start = place
    for _ in 0..<(isLong ? 3 : 1) { advance() }
    if isLong, atLineEnd { advanceLine() }
    var text = String.UnicodeScalarView()
    while let scalar = next {
      if isLong ? isNext(long) : scalar == quote {
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        // Up to two quotes may stand before the three that end it.
        for _ in 0..<2 where isLong && next == quote {
          text.append(quote)
          advance()
        }
        return String(text)
      }
      if atLineEnd {
        guard isLong else { break }
        text.append("\n")
        advanceLine()
      } else if scalar == "\\", quote == "\"" {
        if let escaped = try readEscape(isLong: isLong) { text.append(escaped) }
      } else {
        guard scalar == "\t" || scalar.value >= 0x20 && scalar.value != 0x7f else {
          throw unexpected("a text")
        }
        text.append(scalar)
        advance()
      }
    }
    throw start.problem("the text that begins here has no end")
  }

  /// What a backslash and the next letters mean; nil for one at the end of a line, which takes the blanks after it away.
  private mutating func readEscape(isLong: Bool) throws(TOMLProblem) -> Unicode.Scalar? {
    let start = place
    advance()
    let plain: [Unicode.Scalar: Unicode.Scalar] = [
      "b": "\u{8}", "t": "\t", "n": "\n", "f": "\u{c}", "r": "\r", "\"": "\"", "\\": "\\",
    ]
    guard let letter = next else { throw start.problem("the text ends here") }
    if let meant = plain[letter] {
      advance()
      return meant
    }
    if letter == "u" || letter == "U" {
      advance()
      var digits = ""
      while digits.count < (letter == "u" ? 4 : 8), let next, next.properties.isASCIIHexDigit {
        digits.unicodeScalars.append(next)
        advance()
      }
      if digits.count == (letter == "u" ? 4 : 8),
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      {
        return scalar
      }
      throw start.problem("\\\(letter) needs \(letter == "u" ? 4 : 8) digits of a character's number")
    }
    if isLong {
      skipBlanks()
      if atLineEnd {
        while atLineEnd || next == " " || next == "\t" { atLineEnd ? advanceLine() : advance() }
        return nil
      }
    }
    throw start.problem("\\\(letter) means nothing; a backslash is written \\\\")
  }

  // MARK: Characters

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private var atLineEnd: Bool { next == "\n" || isNext("\r\n") }

  private func isNext(_ text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

  private mutating func advance() {
    index += 1
    place.column += 1
  }

  private mutating func advanceLine() {
    index += next == "\r" ? 2 : 1
    place = TOMLPlace(line: place.line + 1)
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    var text = ""
    while let next, belongs(next) {
      text.unicodeScalars.append(next)
      advance()
    }
    return text
  }

  private mutating func skipBlanks() {
    while next == " " || next == "\t" { advance() }
  }

  private mutating func skipComment() throws(TOMLProblem) {
    guard next == "#" else { return }
    while let next, !atLineEnd {
      guard next == "\t" || next.value >= 0x20 && next.value != 0x7f else { throw unexpected("a comment") }
      advance()
    }
  }

  private mutating func skipLines() throws(TOMLProblem) {
    while true {
      skipBlanks()
      try skipComment()
      guard atLineEnd else { return }
      advanceLine()
    }
  }

  private func unexpected(_ expected: String) -> TOMLProblem {
    let found =
      switch next {
      case nil: "the end of the file"
      case _ where atLineEnd: "the end of the line"
      case let scalar?:
        "\"'\\".unicodeScalars.contains(scalar) ? String(scalar) : scalar.escaped(asASCII: false)
      }
    return place.problem("expected \(expected), found \(found)")
  }
}
