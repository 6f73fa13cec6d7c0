/// Splits a text into lower-cased words as step 1 and 2 of ``HashingEmbedder``'s contract say.
struct WordSplitter: IteratorProtocol {
  /// Characters that are words of their own: scripts written without spaces between words.
  static let singleWordRanges: [ClosedRange<UInt32>] = [
    0x3005...0x3007,  // ideographic iteration mark, closing mark and zero
    0x3041...0x30ff,  // hiragana, katakana
    0x31f0...0x31ff,  // katakana extensions
    0x3400...0x4dbf,  // ideographs, extension A
    0x4e00...0x9fff,  // ideographs
    0xac00...0xd7a3,  // hangul syllables
    0xf900...0xfaff,  // compatibility ideographs
    0xff66...0xff9f,  // halfwidth katakana
    0x20000...0x323af,  // ideographs, extensions B to H and compatibility supplement
  ]

  private enum Kind {
    case wordPart, mark, singleWord, separator
  }

  private var scalars: String.UnicodeScalarView.Iterator
  /// A word that ended the one before it.
  private var pending: Unicode.Scalar?

  init(_ text: String) {
    scalars = text.unicodeScalars.makeIterator()
  }

  /// The next word, never empty; nil at the end of the text.
  mutating func next() -> [Unicode.Scalar]? {
    if let single = pending {
      pending = nil
      return [single]
    }
    var word: [Unicode.Scalar] = []
    while let original = scalars.next() {
      let scalar = Self.lowercased(original)
      switch Self.kind(of: scalar) {
      case .wordPart:
        word.append(scalar)
      case .mark:
        if !word.isEmpty { word.append(scalar) }
      case .singleWord:
        if word.isEmpty { return [scalar] }
        pending = scalar
        return word
      case .separator:
        if !word.isEmpty { return word }
      }
    }
    return word.isEmpty ? nil : word
  }

  /// The simple lower-case mapping of a scalar.
  static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
    }
    // The full mapping of U+0130 is two scalars; everywhere, the first is the simple mapping.
    return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
  }

  /// Whether a letter or digit is a word of its own.
  static func isSingleWord(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && singleWordRanges.contains { $0.contains(scalar.value) }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar.isASCII {
      let isWordPart = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      return isWordPart ? .wordPart : .separator
    }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return isSingleWord(scalar) ? .singleWord : .wordPart
    case .nonspacingMark, .spacingMark, .enclosingMark:
      return .mark
    default:
      return .separator
    }
  }
}
