/// How many columns text takes on a terminal.
public enum TextWidth {
  public enum Alignment: Sendable { case left, right }

  /// The columns of a grapheme cluster, which is safe text as ``Printable`` makes it.
  ///
  /// Wide and fullwidth characters (UAX #11) and emoji (UTS #51: shown as such by default or by U+FE0F,
  /// flags, joined sequences) take 2; marks and format characters take none. A cluster of several letters
  /// takes the columns of each, as libc and terminals count: a Devanagari or Thai syllable, "ｶﾞ".
  public static func columns(of character: Character) -> Int {
    if let columns = Printable.plainColumns(of: character) { return columns }
    if character.isASCII { return 0 }
    var rest = character.unicodeScalars[...]
    var columns = 0
    while let first = rest.first {
      if let sequence = EmojiSequence.prefix(of: rest) {
        columns += 2
        rest = rest[sequence.endIndex...]
      } else {
        columns += self.columns(of: first)
        rest.removeFirst()
      }
    }
    return columns
  }

  /// 0, 1 or 2 columns for a scalar on its own.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
    return isZeroWidth(scalar) ? 0 : isWide(scalar) ? 2 : 1
  }

  public static func columns(of text: String) -> Int {
    if Printable.isPlain(text) { return text.utf8.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The text, or as much of it as fits before an ellipsis.
  public static func truncate(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    guard columns > 0 else { return "" }
    let room = columns - self.columns(of: ellipsis)
    if Printable.isPlain(text) {
      if text.utf8.count <= columns { return text }
      return room < 0 ? "" : String(text.utf8.prefix(room)).map { $0 + ellipsis } ?? text
    }
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
  ///
  /// Blanks at the start stay, as code is indented; those at a break go. Only a wide character in a single
  /// column does not fit.
  public static func wrap(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    let indent = text.prefix { $0 == " " }
    var used = indent.count < columns ? indent.count : 0
    var line = String(repeating: " ", count: used)
    var hasWord = false
    for word in text.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
      let width = self.columns(of: String(word))
      let gap = hasWord ? 1 : 0
      if used + gap + width <= columns {
        line += (hasWord ? " " : "") + word
        used += gap + width
        hasWord = hasWord || !word.isEmpty
        continue
      }
      if hasWord { lines.append(line) }
      if hasWord || width <= columns { (line, used) = ("", 0) }
      for character in word {
        let width = self.columns(of: character)
        if used > 0, used + width > columns {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(character)
        used += width
      }
      hasWord = !word.isEmpty
    }
    lines.append(line)
    return lines
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: true
    // Vowels and finals of Hangul, which join the leading consonant before them.
    default: (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    if scalar.properties.isEmojiPresentation { return !EmojiSequence.isRegionalIndicator(scalar) }
    var candidates = wideRanges[...]
    while !candidates.isEmpty {
      let middle = candidates.startIndex + candidates.count / 2
      let range = candidates[middle]
      if range.contains(scalar.value) { return true }
      candidates = scalar.value < range.lowerBound ? candidates[..<middle] : candidates[(middle + 1)...]
    }
    return false
  }
}
