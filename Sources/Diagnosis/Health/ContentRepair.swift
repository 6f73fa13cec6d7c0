import VectorStore

/// Takes out of a text what says nothing, and decodes again what was decoded wrongly.
enum ContentRepair {
  /// The text as `checks` leave it; the same where they find nothing.
  static func cleaned(_ text: Text, of checks: Set<Check>) -> Text {
    var scalars = Array(text.string.unicodeScalars)
    if checks.contains(.wrongEncoding) {
      scalars = Mojibake.mended(scalars) ?? scalars
      scalars.removeAll { $0.value == 0xFFFD }
    }
    if checks.contains(.controlCharacters) {
      scalars = scalars.compactMap { scalar in
        switch scalar.value {
        // Page breaks part words as spaces do.
        case 0x0B, 0x0C: "\n"
        case 0x09, 0x0A, 0x0D: scalar
        case 0...0x1F, 0x7F...0x9F: nil
        default: scalar
        }
      }
    }
    if checks.contains(.hiddenCharacters) { scalars = HiddenCharacters.removed(from: scalars) }
    if checks.contains(.privateGlyphs) { scalars.removeAll(where: PrivateGlyphs.contains) }
    if checks.contains(.cidGlyphs) { scalars = CIDGlyphs.removed(from: scalars) }
    return Text(String(String.UnicodeScalarView(scalars)))
  }
}
