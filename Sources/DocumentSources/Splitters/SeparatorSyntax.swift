import VectorStore

/// Separators as they are typed on a command line, with escapes as in Python and Swift literals.
public enum SeparatorSyntax {
  /// Decodes `\n`, `\r`, `\t`, `\f`, `\v`, `\0`, `\\`, `\xHH`, `\uHHHH` and `\UHHHHHHHH`; everything
  /// else stands for itself.
  ///
  /// - Throws: ``SourceError`` `.badSplitter` for any other escape, so that a mistyped one is not
  ///   searched for in vain.
  public static func decode(_ typed: String) throws(SourceError) -> Text {
    var decoded = String.UnicodeScalarView()
    var rest = typed.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        decoded.append(scalar)
        continue
      }
      guard let escape = rest.popFirst() else {
        throw SourceError(
          .badSplitter, "the separator \(typed) ends inside an escape; write \\\\ for one backslash")
      }
      switch escape {
      case "n": decoded.append("\n")
      case "r": decoded.append("\r")
      case "t": decoded.append("\t")
      case "f": decoded.append("\u{c}")
      case "v": decoded.append("\u{b}")
      case "0": decoded.append("\0")
      case "\\": decoded.append("\\")
      case "x": decoded.append(try codePoint(digits: 2, from: &rest, in: typed))
      case "u": decoded.append(try codePoint(digits: 4, from: &rest, in: typed))
      case "U": decoded.append(try codePoint(digits: 8, from: &rest, in: typed))
      default:
        throw SourceError(
          .badSplitter,
          "\\\(escape) in the separator \(typed) is no escape; there are "
            + "\\n \\r \\t \\f \\v \\0 \\\\ \\xHH \\uHHHH \\UHHHHHHHH")
      }
    }
    return Text(String(decoded))
  }

  /// The separator as one would type it, printable on one line; `decode` gives it back.
  public static func encode(_ separator: Text) -> String {
    separator.string.unicodeScalars.reduce(into: "") { typed, scalar in
      switch scalar {
      case "\n": typed += "\\n"
      case "\r": typed += "\\r"
      case "\t": typed += "\\t"
      case "\u{c}": typed += "\\f"
      case "\u{b}": typed += "\\v"
      case "\0": typed += "\\0"
      case "\\": typed += "\\\\"
      default:
        let isPlain = scalar.isASCII ? (0x20..<0x7f).contains(scalar.value) : isPrintable(scalar)
        typed += isPlain ? String(Character(scalar)) : escaped(scalar)
      }
    }
  }

  private static func codePoint(
    digits count: Int, from rest: inout Substring.UnicodeScalarView, in typed: String
  ) throws(SourceError) -> Unicode.Scalar {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ Character($0).isHexDigit && $0.isASCII }),
      let number = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(number)
    else {
      throw SourceError(
        .badSplitter,
        "\(count) hexadecimal digits of a character are expected in the separator \(typed), "
          + "found \"\(String(digits))\"")
    }
    rest.removeFirst(count)
    return scalar
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator,
      .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      false
    default: true
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) = scalar.value <= 0xff ? ("x", 2) : scalar.value <= 0xffff ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }
}
