/// Several scalars that are one picture, two columns wide (UTS #51).
enum EmojiSequence {
  static let emojiSelector: Unicode.Scalar = "\u{FE0F}"
  private static let joiner: Unicode.Scalar = "\u{200D}"
  private static let blackFlag: Unicode.Scalar = "\u{1F3F4}"
  private static let endOfTags: Unicode.Scalar = "\u{E007F}"

  typealias Scalars = Substring.UnicodeScalarView

  /// The longest sequence that the scalars start with; nil when they start with none.
  ///
  /// That is a flag, or pictures with U+FE0F or a skin tone, joined by U+200D. A keycap such as "1️⃣" is
  /// none: libc and most terminals give it the one column of its digit.
  static func prefix(of scalars: Scalars) -> Scalars? {
    guard let first = scalars.first, first.value > 0xFF, first.properties.isEmoji else { return nil }
    if isRegionalIndicator(first) {
      let flag = scalars.prefix(2)
      return flag.count == 2 && flag.allSatisfy(isRegionalIndicator) ? flag : nil
    }
    return subdivisionFlag(scalars) ?? joined(scalars)
  }

  static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  /// A black flag, a country and region in tag characters such as "gbsct", and the tag that ends them.
  ///
  /// Any other use of tags is text that hides, and no sequence.
  private static func subdivisionFlag(_ scalars: Scalars) -> Scalars? {
    guard scalars.first == blackFlag, scalars.dropFirst().first.map(isTag) == true else { return nil }
    let tags = scalars.dropFirst().prefix(6).prefix(while: isTag)
    guard tags.count >= 4, tags.endIndex < scalars.endIndex, scalars[tags.endIndex] == endOfTags else {
      return nil
    }
    return scalars[...tags.endIndex]
  }

  /// A lower-case letter or a digit as a tag.
  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    (0xE0030...0xE0039).contains(scalar.value) || (0xE0061...0xE007A).contains(scalar.value)
  }

  private static func joined(_ scalars: Scalars) -> Scalars? {
    var rest = scalars
    var end = scalars.startIndex
    var count = 0
    while let picture = rest.popFirst(), isPicture(picture) {
      count += 1
      if rest.first == emojiSelector, rest.popFirst() != nil { count += 1 }
      if rest.first?.properties.isEmojiModifier == true, rest.popFirst() != nil { count += 1 }
      end = rest.startIndex
      guard rest.popFirst() == joiner else { break }
    }
    return count > 1 ? scalars[..<end] : nil
  }

  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji && !isRegionalIndicator(scalar)
  }
}
