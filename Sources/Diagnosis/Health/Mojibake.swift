/// Text that was UTF-8 and was read as Latin-1 or Windows-1252: "FrÃ¼hstÃ¼ck", "itâ€™s".
///
/// A letter that could begin such a sequence is looked at with what follows. Letters of western languages, general
/// punctuation and pictures are believed at once; anything else, which two real characters in a row can spell by
/// chance (`É”`), only where two sequences touch.
enum Mojibake {
  /// The text as it was meant; nil when nothing in it was decoded wrongly.
  static func mended(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard scalars.contains(where: { $0.value >= 0xC2 && $0.value <= 0xF4 }) else { return nil }
    var result: [Unicode.Scalar] = []
    var isMended = false
    var place = 0
    while place < scalars.count {
      var run: [Unicode.Scalar] = []
      var end = place
      while let (scalar, length) = sequence(at: end, in: scalars) {
        run.append(scalar)
        end += length
      }
      if run.count > 1 || run.contains(where: isBelievedAlone) {
        result += run
        place = end
        isMended = true
      } else {
        result.append(scalars[place])
        place += 1
      }
    }
    return isMended ? result : nil
  }

  private static func isBelievedAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0...0xFF, 0x2010...0x206F, 0x20A0...0x20CF, 0x2100...0x22FF, 0x2500...0x27BF, 0x1F000...0x1FAFF:
      true
    default: false
    }
  }

  /// The character that the bytes from a place on spell in UTF-8, and over how many characters they go.
  private static func sequence(at place: Int, in scalars: [Unicode.Scalar]) -> (Unicode.Scalar, Int)? {
    guard place < scalars.count else { return nil }
    let lead = scalars[place].value
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    guard place + length <= scalars.count else { return nil }
    var value = lead & (0xFF >> UInt32(length + 1))
    for scalar in scalars[place + 1..<place + length] {
      guard let byte = byte(of: scalar), byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | byte & 0x3F
    }
    let least: [UInt32] = [0, 0, 0xA0, 0x800, 0x10000]
    guard value >= least[length], let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// The byte that reads so in Windows-1252, or in Latin-1 where that has none.
  private static func byte(of scalar: Unicode.Scalar) -> UInt32? {
    if scalar.value <= 0xFF { return scalar.value }
    return windows[scalar.value]
  }

  /// What Windows-1252 has from 0x80 to 0x9F.
  private static let windows: [UInt32: UInt32] = {
    let characters = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
    return Dictionary(characters.enumerated().map { ($1.value, UInt32(0x80 + $0)) }) { first, _ in first }
  }()
}
