/// Gathers the scalars of a word, then writes the ids of its pieces.
struct PieceWriter {
  /// A word with more scalars than this is unknown.
  private static let longestWord = 100

  private let vocabulary: Vocabulary
  private let unknown: Int32
  /// The ids of all words that have ended.
  private(set) var ids: [Int32]

  /// The word so far, as UTF-8.
  private var word: [UInt8] = []
  private var scalarCount = 0
  /// The hashes of the prefixes of what is left of the word.
  private var hashes: [PieceHash]

  init(vocabulary: Vocabulary, unknown: Int32, first: Int32) {
    self.vocabulary = vocabulary
    self.unknown = unknown
    ids = [first]
    hashes = Array(repeating: PieceHash(), count: vocabulary.longestPiece + 1)
  }

  /// Writes one scalar of the text by its rule.
  @inline(__always)
  mutating func write(_ scalar: UInt32, _ rules: ScalarRules) {
    let rule = rules[scalar]
    switch rule.kind {
    case .keep:
      append(rule.payload == 0 ? scalar : rule.payload)
    case .drop:
      break
    case .separate:
      endWord()
    case .isolate:
      endWord()
      append(rule.payload == 0 ? scalar : rule.payload)
      endWord()
    case .expand:
      for part in rules.expansions[Int(rule.payload)] { writePart(part, rules) }
    case .decomposeHangul:
      let jamo = Hangul.jamo(of: scalar)
      append(jamo.leading)
      append(jamo.vowel)
      if let trailing = jamo.trailing { append(trailing) }
    }
  }

  /// Appends an id that is no piece of a word.
  mutating func append(id: Int32) { ids.append(id) }

  /// Writes the ids of the word so far and begins another.
  mutating func endWord() {
    guard !word.isEmpty else { return }
    if scalarCount > Self.longestWord || !writePieces() { ids.append(unknown) }
    word.removeAll(keepingCapacity: true)
    scalarCount = 0
  }

  /// Writes a scalar that another expands to; it stays what it is.
  private mutating func writePart(_ scalar: UInt32, _ rules: ScalarRules) {
    let isolated = rules[scalar].kind == .isolate
    if isolated { endWord() }
    append(scalar)
    if isolated { endWord() }
  }

  @inline(__always)
  private mutating func append(_ scalar: UInt32) {
    scalarCount += 1
    if scalar < 0x80 {
      word.append(UInt8(scalar))
      return
    }
    if scalar < 0x800 {
      word.append(UInt8(0xC0 | scalar >> 6))
    } else {
      if scalar < 0x1_0000 {
        word.append(UInt8(0xE0 | scalar >> 12))
      } else {
        word.append(UInt8(0xF0 | scalar >> 18))
        word.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      }
      word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    }
    word.append(UInt8(0x80 | scalar & 0x3F))
  }

  /// Whether the word is made of known pieces; otherwise nothing has been written.
  private mutating func writePieces() -> Bool {
    let mark = ids.count
    var start = 0
    while start < word.count {
      guard let (id, end) = longestPiece(from: start) else {
        ids.removeLast(ids.count - mark)
        return false
      }
      ids.append(id)
      start = end
    }
    return true
  }

  /// The longest piece of the word that begins at a byte, and where it ends.
  private mutating func longestPiece(from start: Int) -> (id: Int32, end: Int)? {
    let continuing = start > 0
    let limit = min(word.count, start + vocabulary.longestPiece)
    var hash = continuing ? PieceHash.continuing : PieceHash()
    for position in start..<limit {
      hash.combine(word[position])
      hashes[position - start] = hash
    }
    var end = limit
    while end > start {
      let range = start..<end
      if let id = vocabulary.find(word, range, hashes[end - 1 - start], continuing: continuing) {
        return (id, end)
      }
      end -= 1
    }
    return nil
  }
}
