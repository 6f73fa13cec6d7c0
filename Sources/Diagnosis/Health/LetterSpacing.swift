/// Text set with a space after every letter, as titles in print are: "D E D I C A T I O N".
enum LetterSpacing {
  /// Fewer letters in a row are initials, or the names of variables.
  static let leastLetters = 5

  static func isIn(_ scalars: [Unicode.Scalar]) -> Bool {
    var run: [UInt32] = []
    var place = 0
    while place < scalars.count {
      guard isLoneLetter(at: place, in: scalars) else {
        if !(scalars[place] == " ") || !continues(at: place, in: scalars) { run = [] }
        place += 1
        continue
      }
      run.append(scalars[place].value | 0x20)
      // The alphabet itself, and columns that it names, are no spaced words.
      if run.count >= leastLetters, zip(run, run.dropFirst()).contains(where: { $1 != $0 + 1 }),
        Set(run).count >= 3
      {
        return true
      }
      place += 1
    }
    return false
  }

  /// At most three spaces lie between the letters of a run, words included.
  private static func continues(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    place < 3 || scalars[place - 3..<place].contains { $0 != " " }
  }

  private static func isLoneLetter(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let scalar = scalars[place]
    // Scripts without letters of their own, and those whose words are one sign, are left alone.
    guard scalar.value < 0x590, scalar.properties.isAlphabetic else { return false }
    return (place == 0 || scalars[place - 1].isSpace)
      && (place + 1 == scalars.count || scalars[place + 1].isSpace)
  }
}
