/// What may stand at the cursor of a filter being typed, as far as completion needs to know.
///
/// Told from the text before the cursor by a scan of its words; the parser has the last say on meaning.
enum FilterPlace: Equatable {
  case key(typed: String)
  case comparison(typed: String)
  case value(of: String, typed: String)
  /// `and`, `or`.
  case connective(typed: String)
  case nothing

  private static let signs = Set("=!<>~")
  private static let comparisons: Set<String> = [
    "=", "==", "!=", "<>", "<", "<=", ">", ">=", "~", "=~", "has", "in",
  ]

  /// The bytes of the longest text that is looked at: it is scanned at every key and frame.
  private static let limit = 4000

  init(before text: String) {
    // LangChain's dictionaries are pasted, not typed, and so are long lines.
    guard text.utf8.count <= FilterPlace.limit, text.first(where: { !$0.isWhitespace }) != "{" else {
      self = .nothing
      return
    }
    var words = FilterPlace.words(of: text)
    let isInside = words.last.map(FilterPlace.isOpen) == true
    let isBetween = text.last.map { $0.isWhitespace || "()[],".contains($0) } ?? true
    let typed = isInside || !isBetween ? words.popLast() ?? "" : ""
    self = FilterPlace.after(words, typed: typed)
  }

  /// The unfinished word at the cursor.
  var typed: String {
    switch self {
    case .key(let typed), .comparison(let typed), .value(_, let typed), .connective(let typed): typed
    case .nothing: ""
    }
  }

  private static func after(_ words: [String], typed: String) -> FilterPlace {
    var place = FilterPlace.key(typed: typed)
    var key = ""
    for word in words {
      switch (place, word) {
      case (_, "("), (_, "and"), (_, "or"), (_, "&&"), (_, "||"): place = .key(typed: typed)
      case (.key, "not"), (.key, "!"), (.key, "exists"): place = .key(typed: typed)
      case (.key, _):
        key = FilterPlace.unquoted(word)
        place = .comparison(typed: typed)
      case (.comparison, _) where comparisons.contains(word): place = .value(of: key, typed: typed)
      case (.comparison, "not"): continue
      case (.value, "["), (.value, ","): continue
      case (.connective, ","): place = .value(of: key, typed: typed)
      default: place = .connective(typed: typed)
      }
    }
    return place
  }

  /// Words, quoted texts, signs and brackets, in order.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if "()[],".contains(first) {
        words.append(String(rest.removeFirst()))
      } else if "\"'`".contains(first) {
        let end = rest.dropFirst().firstIndex(of: first).map { rest.index(after: $0) } ?? rest.endIndex
        words.append(String(rest[..<end]))
        rest = rest[end...]
      } else {
        let isSign = signs.contains(first)
        let word = rest.prefix {
          signs.contains($0) == isSign && !$0.isWhitespace && !"()[],\"'`".contains($0)
        }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  /// True for a quoted text whose end is still missing.
  private static func isOpen(_ word: String) -> Bool {
    guard let quote = word.first, "\"'`".contains(quote) else { return false }
    return word.count == 1 || word.last != quote
  }

  static func unquoted(_ word: String) -> String {
    guard let quote = word.first, "\"'`".contains(quote) else { return word }
    let inner = word.dropFirst()
    return String(inner.last == quote ? inner.dropLast() : inner)
  }
}
