/// A line as words apart at blanks; quotes hold a word with blanks together, in its middle too.
struct CommandWords {
  private(set) var words: [String] = []
  /// A quote that is not closed.
  private(set) var openQuote: Character?

  init(_ line: String) {
    var word: String?
    for character in line {
      if character == openQuote {
        openQuote = nil
      } else if openQuote != nil {
        word?.append(character)
      } else if character == "\"" || character == "'" {
        openQuote = character
        word = word ?? ""
      } else if character == " " {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
  }
}
