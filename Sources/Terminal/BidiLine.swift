/// A line of right-to-left text in the order in which its cells stand from left to right.
///
/// Cells have no direction, and a terminal that reorders on its own would do so across the borders of panes. The rules
/// are those of UAX #9 for a left-to-right paragraph without embeddings, which are pictures here (``Printable``): runs
/// of right-to-left letters with what is between them are turned round, numbers in them are not, brackets are mirrored.
public enum BidiLine {
  private enum Kind { case left, right, number, neutral }

  /// False for nearly every line, and quickly found.
  public static func isNeeded(_ text: some StringProtocol) -> Bool {
    // UTF-8 of everything written from right to left begins here: U+0590 is D6 90.
    guard text.utf8.contains(where: { $0 >= 0xD6 }) else { return false }
    return text.unicodeScalars.contains { isRight($0) }
  }

  /// The same clusters, each where it is to be seen.
  public static func visual(_ text: String) -> String {
    var line = Array(text)
    let kinds = line.map(kind)
    var place = 0
    while place < line.count {
      guard kinds[place] == .right else {
        place += 1
        continue
      }
      var end = place + 1
      var next = end
      while next < line.count, kinds[next] != .left {
        // A number after right-to-left text belongs to it; what trails it does not.
        if kinds[next] != .neutral { end = next + 1 }
        next += 1
      }
      turn(&line, kinds, place..<end)
      place = end
    }
    return String(line)
  }

  private static func turn(_ line: inout [Character], _ kinds: [Kind], _ run: Range<Int>) {
    var turned: [Character] = []
    var place = run.upperBound
    while place > run.lowerBound {
      place -= 1
      guard kinds[place] == .number else {
        turned.append(mirrored[line[place]] ?? line[place])
        continue
      }
      // A number reads from left to right, with the one separator that may stand between its digits.
      var start = place
      while start > run.lowerBound {
        if kinds[start - 1] == .number {
          start -= 1
        } else if start - 1 > run.lowerBound, kinds[start - 2] == .number, ".,:/".contains(line[start - 1]) {
          start -= 2
        } else {
          break
        }
      }
      turned += line[start...place]
      place = start
    }
    line.replaceSubrange(run, with: turned)
  }

  private static func kind(_ character: Character) -> Kind {
    guard let scalar = character.unicodeScalars.first else { return .neutral }
    if isRight(scalar) { return scalar.properties.numericType == nil ? .right : .number }
    if scalar.properties.numericType == .decimal { return .number }
    return scalar.properties.isAlphabetic ? .left : .neutral
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, with the forms for presentation and the newer scripts.
  private static func isRight(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  private static let mirrored: [Character: Character] = [
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«",
  ]
}
