/// What differs between two texts, word by word.
public struct WordDifference: Sendable, Hashable {
  /// A stretch of one text.
  public struct Run: Sendable, Hashable {
    public var text: String
    /// Whether the other text has it too, in this order.
    public var isShared: Bool
  }

  public var old: [Run]
  public var new: [Run]

  /// Beyond this the texts are compared by what they begin and end with alone.
  private static let mostWords = 3000

  /// Words with the spaces that follow them; the longest common subsequence is shared (Myers, "An O(ND) difference
  /// algorithm", 1986, as Swift's `difference(from:)` has it).
  public init(_ old: String, _ new: String) {
    let (a, b) = (Self.words(old), Self.words(new))
    var (isSharedInA, isSharedInB) = (
      [Bool](repeating: true, count: a.count), [Bool](repeating: true, count: b.count)
    )
    if max(a.count, b.count) <= Self.mostWords {
      for change in b.difference(from: a, by: { $0.isSameWord(as: $1) }) {
        switch change {
        case .remove(let place, _, _): isSharedInA[place] = false
        case .insert(let place, _, _): isSharedInB[place] = false
        }
      }
    } else {
      let head = zip(a, b).prefix { $0.isSameWord(as: $1) }.count
      let tail = min(
        zip(a.reversed(), b.reversed()).prefix { $0.isSameWord(as: $1) }.count, min(a.count, b.count) - head)
      for place in head..<a.count - tail { isSharedInA[place] = false }
      for place in head..<b.count - tail { isSharedInB[place] = false }
    }
    self.old = Self.runs(a, isSharedInA)
    self.new = Self.runs(b, isSharedInB)
  }

  /// How much of both the other has too, from 0 to 1, counted in characters.
  public var similarity: Double {
    let all = (old + new).reduce(0) { $0 + $1.text.count }
    let shared = (old + new).reduce(0) { $0 + ($1.isShared ? $1.text.count : 0) }
    return all == 0 ? 1 : Double(shared) / Double(all)
  }

  private static func runs(_ words: [Substring], _ isShared: [Bool]) -> [Run] {
    var runs: [Run] = []
    for (word, shared) in zip(words, isShared) {
      if runs.last?.isShared == shared {
        runs[runs.count - 1].text += word
      } else {
        runs.append(Run(text: String(word), isShared: shared))
      }
    }
    return runs
  }

  /// Cuts before every word; a wide character is a word, since those scripts have no spaces.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var lastWasSpace = false
    for place in text.indices {
      let character = text[place]
      let isWide = character.unicodeScalars.first.map(ContentScan.isWide) ?? false
      if place > start, isWide || lastWasSpace && !character.isWhitespace {
        words.append(text[start..<place])
        start = place
      }
      lastWasSpace = character.isWhitespace || isWide
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }
}

extension Substring {
  /// The spaces after a word do not make it another one.
  fileprivate func isSameWord(as other: Substring) -> Bool {
    var (a, b) = (self, other)
    while a.last?.isWhitespace == true { a.removeLast() }
    while b.last?.isWhitespace == true { b.removeLast() }
    return a.utf8.elementsEqual(b.utf8)
  }
}
