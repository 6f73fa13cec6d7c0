/// A piece of a filter in Fathom's language.
enum FilterToken: Hashable {
  /// A run of letters, digits, `_ - + . :`; what it means depends on where it stands.
  case word(String)
  /// In single or double quotes.
  case text(Text)
  /// In backquotes.
  case quotedKey(Text)
  /// Between slashes, with its flags.
  case regex(source: String, flags: String)
  /// A JSON object, for values that have no other spelling.
  case object(MetadataValue)
  case symbol(FilterSymbol)
  case end
}

/// The marks of the language, longest first so that the first that fits is the one meant.
enum FilterSymbol: String, CaseIterable {
  case and = "&&"
  case or = "||"
  case equalTwice = "=="
  case matches = "=~"
  case notEqual = "!="
  case unequal = "<>"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case equal = "="
  case less = "<"
  case greater = ">"
  case contains = "~"
  case not = "!"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case comma = ","
  case dot = "."
}

/// Cuts a text into tokens, one at a time, so that the first error reported is the first in the text.
struct FilterLexer {
  let text: String
  private let scalars: String.UnicodeScalarView
  private var position: String.Index

  init(_ text: String) {
    self.text = text
    scalars = text.unicodeScalars
    position = text.startIndex
  }

  /// The next token and where it starts.
  mutating func next() throws(FilterError) -> (token: FilterToken, start: String.Index) {
    while let scalar = peek, scalar.properties.isWhitespace { advance() }
    let start = position
    guard let scalar = peek else { return (.end, start) }
    switch scalar {
    case "\"", "'": return (.text(try quoted(by: scalar)), start)
    case "`": return (.quotedKey(try quoted(by: scalar)), start)
    case "/": return (try regex(), start)
    case "{": return (.object(try object()), start)
    default: break
    }
    if Self.isWordScalar(scalar) && !Self.isMark(scalar) || startsSignedNumber {
      return (.word(word()), start)
    }
    for symbol in FilterSymbol.allCases {
      let mark = symbol.rawValue.unicodeScalars
      guard scalars[position...].starts(with: mark) else { continue }
      position = scalars.index(position, offsetBy: mark.count)
      return (.symbol(symbol), start)
    }
    let found = String(scalar).quotedForMessage
    throw failure("a key, a value or an operator is expected, not \(found)", at: start)
  }

  func failure(_ message: String, at place: String.Index) -> FilterError {
    FilterError(code: .syntax, message: message, offset: text[..<place].count)
  }

  /// Letters, digits and marks of any script, and `_`; a mark may not come first.
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": return true
    default:
      guard !scalar.isASCII else { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
        return true
      default: return false
      }
    }
  }

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
  }

  // MARK: Words

  private var startsSignedNumber: Bool {
    guard peek == "-" || peek == "+", let following = scalar(after: position) else { return false }
    return ("0"..."9").contains(following)
  }

  private mutating func word() -> String {
    let start = position
    advance()
    while let scalar = peek {
      switch scalar {
      case "-", "+": break
      case ".", ":":
        // Only inside a word: a dot behind it joins it with a quoted key.
        guard let following = self.scalar(after: position), Self.isWordScalar(following) else {
          return String(scalars[start..<position])
        }
      default:
        guard Self.isWordScalar(scalar) else { return String(scalars[start..<position]) }
      }
      advance()
    }
    return String(scalars[start..<position])
  }

  // MARK: Quoted

  private mutating func quoted(by quote: Unicode.Scalar) throws(FilterError) -> Text {
    let start = position
    advance()
    var content: [UInt8] = []
    while let scalar = peek {
      if scalar == quote {
        advance()
        return Text(utf8: content)
      }
      if scalar == "\\" {
        try escape(into: &content)
      } else {
        content.append(codePoint: scalar.value)
        advance()
      }
    }
    throw failure("the \(quote == "`" ? "key" : "text") that starts here has no closing \(quote)", at: start)
  }

  private mutating func escape(into content: inout [UInt8]) throws(FilterError) {
    let start = position
    advance()
    guard let scalar = peek else { return }
    advance()
    switch scalar {
    case "n": content.append(0x0a)
    case "r": content.append(0x0d)
    case "t": content.append(0x09)
    case "u":
      let digits = String(scalars[position...].prefix(4))
      guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16),
        let named = Unicode.Scalar(unit)
      else { throw failure("four hexadecimal digits of a character are expected after \\u", at: start) }
      content.append(codePoint: named.value)
      position = scalars.index(position, offsetBy: 4)
    case "\"", "'", "`", "\\", "/": content.append(codePoint: scalar.value)
    default: throw failure("\\\(scalar) is not an escape; a backslash is written \\\\", at: start)
    }
  }

  private mutating func regex() throws(FilterError) -> FilterToken {
    let start = position
    advance()
    var source = String.UnicodeScalarView()
    while let scalar = peek, scalar != "/" {
      advance()
      source.append(scalar)
      if scalar == "\\", let escaped = peek {
        source.append(escaped)
        advance()
      }
    }
    guard peek == "/" else { throw failure("the expression that starts here has no closing /", at: start) }
    advance()
    let flags = scalars[position...].prefix(while: Self.isWordScalar)
    position = flags.endIndex
    return .regex(source: String(source), flags: String(flags))
  }

  private mutating func object() throws(FilterError) -> MetadataValue {
    var reader = JSONReader(Array(text.utf8[position...]))
    do {
      let value = try reader.value()
      position = text.utf8.index(position, offsetBy: reader.position)
      return value
    } catch {
      throw failure(error.message, at: text.utf8.index(position, offsetBy: error.offset))
    }
  }

  // MARK: Places

  private var peek: Unicode.Scalar? { position < scalars.endIndex ? scalars[position] : nil }

  private func scalar(after place: String.Index) -> Unicode.Scalar? {
    let following = scalars.index(after: place)
    return following < scalars.endIndex ? scalars[following] : nil
  }

  private mutating func advance() { position = scalars.index(after: position) }
}

extension String {
  /// The text in double quotes with everything escaped that a terminal could take amiss.
  var quotedForMessage: String {
    var writer = JSONWriter()
    writer.write(string: self)
    return writer.text
  }
}
