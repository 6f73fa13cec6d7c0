/// Foreign text made safe for a terminal, and visible.
///
/// A document may hold escape sequences, bidirectional overrides, zero-width characters. None of
/// them reaches a cell: control characters become their pictures (ESC "␛"), other characters that
/// would not show become their code in angle brackets (U+200B "⟨200B⟩").
public enum Printable {
  /// The longest cluster that a curses cell holds.
  private static let mostScalars = 5

  /// One line: a line break becomes "⏎", a tab a blank.
  public static func line(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    for character in text {
      for shown in clusters(of: character) { result.append(shown) }
    }
    return result
  }

  /// The lines of a text, each safe; a tab becomes blanks up to the next multiple of 4.
  public static func paragraphs(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { part in
      var result = ""
      for character in part {
        if character == "\t" {
          result += String(repeating: " ", count: 4 - TextWidth.columns(of: result) % 4)
        } else {
          for shown in clusters(of: character) { result.append(shown) }
        }
      }
      return result
    }
  }

  /// What stands for one cluster of foreign text: itself when it is harmless.
  static func clusters(of character: Character) -> [Character] {
    if character.isASCII, let byte = character.asciiValue, byte >= 0x20, byte < 0x7F { return [character] }
    if character.isNewline { return ["⏎"] }
    if character == "\t" { return [" "] }
    let scalars = Array(character.unicodeScalars)
    let isSequence = scalars.count > 1 && scalars.dropFirst().contains { isPictograph($0) }
    if scalars.allSatisfy({ isHarmless($0) || (isSequence && isJoiner($0)) }) {
      if scalars.count <= mostScalars { return [character] }
      // An emoji family is shown by its first member, a pile of marks by its first few.
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: isSequence ? [scalars[0]] : Array(scalars.prefix(mostScalars)))
      return Array(String(cut))
    }
    var result = ""
    for scalar in scalars { result += picture(of: scalar) }
    return Array(result)
  }

  private static func picture(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20: return String(Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"))
    case 0x7F: return "␡"
    default: break
    }
    if isHarmless(scalar) { return String(Character(scalar)) }
    if scalar.properties.generalCategory == .unassigned { return "\u{FFFD}" }
    return "⟨" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }

  /// U+200D between emoji, and the tags of subdivision flags.
  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x200D || (0xE0020...0xE007F).contains(scalar.value)
  }
}
