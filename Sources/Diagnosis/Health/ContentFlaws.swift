/// What is wrong with one content, seen by itself.
struct ContentFlaws: OptionSet, Sendable {
  let rawValue: UInt16

  static let empty = ContentFlaws(rawValue: 1 << 0)
  static let blank = ContentFlaws(rawValue: 1 << 1)
  static let noLetters = ContentFlaws(rawValue: 1 << 2)
  static let leaders = ContentFlaws(rawValue: 1 << 3)
  static let control = ContentFlaws(rawValue: 1 << 4)
  static let hidden = ContentFlaws(rawValue: 1 << 5)
  static let privateUse = ContentFlaws(rawValue: 1 << 6)
  static let cid = ContentFlaws(rawValue: 1 << 7)
  static let encoding = ContentFlaws(rawValue: 1 << 8)
  static let spaced = ContentFlaws(rawValue: 1 << 9)
  static let tooLong = ContentFlaws(rawValue: 1 << 10)

  /// The checks of contents one by one; each flaw has its own.
  static let checks: [(ContentFlaws, Check)] = [
    (.empty, .emptyContent), (.blank, .blankContent), (.noLetters, .noLetters), (.leaders, .dotLeaders),
    (.control, .controlCharacters), (.hidden, .hiddenCharacters), (.privateUse, .privateGlyphs),
    (.cid, .cidGlyphs), (.encoding, .wrongEncoding), (.spaced, .letterSpaced), (.tooLong, .tooLong),
  ]
}

/// One look at a content: its flaws, and how much there is to read in it.
struct ContentScan: Sendable {
  private(set) var flaws: ContentFlaws = []
  /// Characters from the first to the last that is not a space, a wide one counted as three.
  private(set) var weight = 0

  /// O(length).
  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    guard !scalars.isEmpty else {
      flaws = .empty
      return
    }
    var letters = 0
    var spaces = 0
    var (hasOther, hasLeader, hasCID) = (false, false, false)
    for (place, scalar) in scalars.enumerated() {
      let value = scalar.value
      if value < 0x80 {
        if (value | 0x20) >= 0x61, (value | 0x20) <= 0x7A {
          letters += 1
        } else if value <= 0x20 || value == 0x7F {
          if value == 0x20 || (value >= 9 && value <= 13) { spaces += 1 }
          if value != 0x20, value != 9, value != 10, value != 13 { flaws.insert(.control) }
        } else if place > 0, value == scalars[place - 1].value || scalars[place - 1].value == 0x20 {
          hasLeader = hasLeader || DotLeaders.isLeader(scalar)
        } else if value == 0x3A {
          hasCID = true
        }
        weight += 1
      } else {
        hasOther = true
        if scalar.properties.isAlphabetic { letters += 1 }
        if scalar.properties.isWhitespace { spaces += 1 }
        if DotLeaders.isLeader(scalar) { hasLeader = true }
        if PrivateGlyphs.contains(scalar) { flaws.insert(.privateUse) }
        weight += Self.isWide(scalar) ? 3 : 1
      }
    }
    weight -= scalars.prefix { $0.properties.isWhitespace }.count
    weight -= scalars.reversed().prefix { $0.properties.isWhitespace }.count
    if hasOther { lookAtOthers(scalars) }
    if letters == 0 {
      let isBlank = spaces == scalars.count || HiddenCharacters.removed(from: scalars).allSatisfy(\.isSpace)
      flaws.insert(isBlank ? .blank : .noLetters)
    }
    if hasLeader, DotLeaders.fill(scalars) { flaws.insert(.leaders) }
    if hasCID, CIDGlyphs.isIn(scalars) { flaws.insert(.cid) }
    if letters >= LetterSpacing.leastLetters, LetterSpacing.isIn(scalars) { flaws.insert(.spaced) }
    if weight < 0 { weight = 0 }
  }

  /// The checks that plain ASCII never needs.
  private mutating func lookAtOthers(_ scalars: [Unicode.Scalar]) {
    let mended = Mojibake.mended(scalars)
    if mended != nil || scalars.contains("\u{FFFD}") { flaws.insert(.encoding) }
    // Control characters of a text that was read as Latin-1 are halves of letters.
    if (mended ?? scalars).contains(where: { $0.value >= 0x80 && $0.value <= 0x9F }) {
      flaws.insert(.control)
    }
    if HiddenCharacters.isIn(mended ?? scalars) { flaws.insert(.hidden) }
  }

  /// Scripts in which one character says as much as a syllable or a word.
  static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF01...0xFF60,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}

extension Unicode.Scalar {
  var isSpace: Bool { value < 0x80 ? value == 0x20 || (value >= 9 && value <= 13) : properties.isWhitespace }
}

/// Characters that a font alone gives a meaning.
enum PrivateGlyphs {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
    default: false
    }
  }
}

/// "(cid:17)", what PDF readers write for a glyph of unknown meaning.
enum CIDGlyphs {
  private static let start = Array("(cid:".unicodeScalars)

  static func isIn(_ scalars: [Unicode.Scalar]) -> Bool { removed(from: scalars).count < scalars.count }

  static func removed(from scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var place = 0
    while place < scalars.count {
      if let length = length(at: place, in: scalars) {
        place += length
      } else {
        result.append(scalars[place])
        place += 1
      }
    }
    return result
  }

  /// The length of the glyph that begins at a place; nil when none does.
  private static func length(at place: Int, in scalars: [Unicode.Scalar]) -> Int? {
    guard scalars[place] == "(", scalars[place...].starts(with: start) else { return nil }
    var end = place + start.count
    while end < scalars.count, scalars[end].properties.numericType == .decimal { end += 1 }
    guard end > place + start.count, end < scalars.count, scalars[end] == ")" else { return nil }
    return end + 1 - place
  }
}
