import Terminal

/// Keys as a line of text: words are typed, `<name>` is a key, blanks between them only separate.
enum Script {
  static func events(_ script: String) -> [Event] {
    script.split(separator: " ").flatMap { word -> [Event] in
      if word.hasPrefix("<"), word.hasSuffix(">"), let key = Key(String(word.dropFirst().dropLast())) {
        return [.key(key)]
      }
      return word.map { .key(.character($0)) }
    }
  }
}
