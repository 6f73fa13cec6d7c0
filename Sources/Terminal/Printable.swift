/// Foreign text made safe for a terminal, and visible.
///
/// A document may hold escape sequences, bidirectional overrides, zero-width characters. None of
/// them reaches a cell: control characters become their pictures (ESC "␛"), other characters that
/// would not show become their code in angle brackets (U+200B "⟨200B⟩"), and a mark without a letter
/// stands on a dotted circle. What is safe already stays as it is.
public enum Printable {
  /// The longest cluster that a curses cell holds.
  private static let mostScalars = 5

  /// One line: a line break becomes "⏎", a tab a blank.
  public static func line(_ text: String) -> String {
    if isPlain(text) { return text }
    var result = ""
    for character in text {
      for shown in clusters(of: character) { result.append(shown) }
    }
    return result
  }

  /// Whether all is ASCII that shows as it is, a byte a column.
  package static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The lines of a text, each safe; a tab becomes blanks up to the next multiple of 4.
  public static func paragraphs(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { part in
      var result = ""
      var column = 0
      for character in part {
        let shown = character == "\t" ? Array(repeating: " ", count: 4 - column % 4) : clusters(of: character)
        for cluster in shown {
          result.append(cluster)
          column += TextWidth.columns(of: cluster)
        }
      }
      return result
    }
  }

  /// The columns of a cluster that is shown as it is, where that can be told from its code alone; else nil.
  ///
  /// Most of what is drawn: ASCII, Latin letters, dashes and quotes, lines and blocks, ideographs, kana, Hangul.
  package static func plainColumns(of character: Character) -> Int? {
    var scalars = character.unicodeScalars.makeIterator()
    guard let scalar = scalars.next(), scalars.next() == nil else { return nil }
    return plainColumns(of: scalar)
  }

  /// The same for a scalar; two such in a row are two clusters.
  static func plainColumns(of scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x2010...0x2027, 0x2190...0x2199, 0x2500...0x259F,
      0x2801...0x28FF:
      1
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFC, 0xAC00...0xD7A3: 2
    default: nil
    }
  }

  /// What stands for one cluster of foreign text, piece by piece as cells take them: 1 or 2 columns each.
  ///
  /// Letters that share a cluster, such as those of a Devanagari syllable, have a cell each with their
  /// marks. Marks beyond what a cell holds are left out.
  static func clusters(of character: Character) -> [Character] {
    if plainColumns(of: character) != nil { return [character] }
    if character.isNewline { return ["⏎"] }
    if character == "\t" { return [" "] }
    var pieces: [Piece] = []
    var last: Unicode.Scalar?
    var rest = character.unicodeScalars[...]
    while let scalar = rest.first {
      if let sequence = EmojiSequence.prefix(of: rest) {
        pieces.append(Piece(emoji(sequence)))
        last = sequence.last
        rest = rest[sequence.endIndex...]
        continue
      }
      rest.removeFirst()
      let isMark = TextWidth.columns(of: scalar) == 0
      if isHidden(scalar, after: last) || (last == nil && isMark && !scalar.properties.isGraphemeExtend) {
        pieces += picture(of: scalar).unicodeScalars.map { Piece([$0]) }
        last = nil
        continue
      }
      if !isMark {
        pieces.append(Piece([scalar]))
      } else {
        if last == nil { pieces.append(Piece(["◌"])) }
        pieces[pieces.count - 1].add(scalar, upTo: mostScalars)
      }
      last = scalar
    }
    return pieces.map(\.character)
  }

  /// A cell's text while it is put together: a letter or picture, then its marks.
  private struct Piece {
    private var scalars: [Unicode.Scalar]

    init(_ base: [Unicode.Scalar]) { scalars = base }

    mutating func add(_ mark: Unicode.Scalar, upTo most: Int) {
      if scalars.count < most { scalars.append(mark) }
    }

    /// Base and marks are one cluster; were they not, the base alone is shown.
    var character: Character {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text).first ?? " "
    }
  }

  /// The sequence, or its first picture when a cell cannot hold all.
  private static func emoji(_ sequence: EmojiSequence.Scalars) -> [Unicode.Scalar] {
    guard sequence.count > mostScalars, let first = sequence.first else { return Array(sequence) }
    return TextWidth.columns(of: first) == 2 ? [first] : [first, EmojiSequence.emojiSelector]
  }

  private static func picture(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20: return String(Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"))
    case 0x7F: return "␡"
    default: break
    }
    if scalar.properties.generalCategory == .unassigned { return "\u{FFFD}" }
    return "⟨" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
  }

  /// Whether a terminal would act on the scalar or show nothing for it.
  private static func isHidden(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: true
    default:
      scalar.properties.isDefaultIgnorableCodePoint && !(last.map { selects(scalar, $0) } ?? false)
    }
  }

  /// Whether a variation selector has a character before it that it can select a form of.
  ///
  /// Elsewhere selectors are a way to hide text in text.
  private static func selects(_ selector: Unicode.Scalar, _ last: Unicode.Scalar) -> Bool {
    switch selector.value {
    case 0xFE0E, 0xFE0F: last.properties.isEmoji
    case 0xFE00...0xFE02, 0xE0100...0xE01EF: last.properties.isIdeographic
    case 0x180B...0x180D, 0x180F: (0x1820...0x18AA).contains(last.value)
    default: false
    }
  }
}
