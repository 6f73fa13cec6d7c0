/// How many columns text takes on a terminal.
public enum TextWidth {
  public enum Alignment: Sendable { case left, right }

  /// 0, 1 or 2 columns for a grapheme cluster.
  ///
  /// Wide and fullwidth characters (UAX #11), clusters shown as emoji (UTS #51: presentation by
  /// default, by U+FE0F, flags, joined sequences) take 2; marks and format characters alone take 0.
  public static func columns(of character: Character) -> Int {
    if character.isASCII { return character == "\r\n" || character < " " || character == "\u{7F}" ? 0 : 1 }
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if isWide(first) { return 2 }
    if scalars.count > 1 {
      if scalars.contains("\u{FE0F}"), first.properties.isEmoji, first.value > 0xFF { return 2 }
      // Two regional indicators make a flag.
      if (0x1F1E6...0x1F1FF).contains(first.value) { return 2 }
    }
    return isZeroWidth(first) ? 0 : 1
  }

  public static func columns(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The text, or as much of it as fits before an ellipsis.
  public static func truncate(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    guard columns > 0 else { return "" }
    let room = columns - self.columns(of: ellipsis)
    var used = 0
    var end = text.startIndex
    for index in text.indices {
      let width = self.columns(of: text[index])
      if used + width > columns { return room < 0 ? "" : String(text[..<end]) + ellipsis }
      used += width
      if used <= room { end = text.index(after: index) }
    }
    return text
  }

  /// The text filled up with blanks to so many columns; a longer one is left as it is.
  public static func pad(_ text: String, to columns: Int, alignment: Alignment = .left) -> String {
    let blanks = String(repeating: " ", count: max(0, columns - self.columns(of: text)))
    return alignment == .left ? text + blanks : blanks + text
  }

  /// Breaks a line at blanks so that each piece fits; words that are too long are cut.
  public static func wrap(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let width = self.columns(of: String(word))
      if used > 0, used + 1 + width <= columns {
        line += " " + word
        used += 1 + width
        continue
      }
      if used > 0 {
        lines.append(line)
        (line, used) = ("", 0)
      }
      for character in word {
        let width = self.columns(of: character)
        if used + width > columns {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(character)
        used += width
      }
    }
    lines.append(line)
    return lines
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: true
    default: (0x1160...0x11FF).contains(scalar.value)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    var low = 0
    var high = wideRanges.count - 1
    while low <= high {
      let middle = (low + high) / 2
      if scalar.value < wideRanges[middle].0 {
        high = middle - 1
      } else if scalar.value > wideRanges[middle].1 {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }
}
