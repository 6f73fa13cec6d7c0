/// The ids that stand for a text.
public struct Tokenization: Sendable, Equatable {
  /// From `[CLS]` to `[SEP]`, at most as many as were asked for.
  public var ids: [Int32]
  /// How many there would be without a limit, `[CLS]` and `[SEP]` included.
  public var fullCount: Int

  /// Whether the end of the text is not among the ids.
  public var isTruncated: Bool { fullCount > ids.count }
}

/// Cuts texts into the pieces that MiniLM was trained on.
///
/// The ids equal those of HuggingFace's fast tokenizer for all-MiniLM-L6-v2, for every text. Source: Wu et al.,
/// "Google's Neural Machine Translation System", 2016 (WordPiece); Devlin et al., "BERT", 2018.
public struct WordPieceTokenizer: Sendable {
  /// The ids that the model reads, `[CLS]` and `[SEP]` included.
  public static let maximumLength = 256
  /// Longer words, counted in scalars, are unknown.
  static let longestWord = 100

  public let vocabulary: Vocabulary
  private let scalars = ScalarTable.standard
  /// Special pieces typed in a text become themselves.
  private let typed: [(piece: [UInt8], id: Int32)]

  public init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    let special = vocabulary.special
    typed = [
      ("[PAD]", special.padding), ("[UNK]", special.unknown), ("[CLS]", special.start),
      ("[SEP]", special.end),
      ("[MASK]", special.mask),
    ].map { (Array($0.utf8), $1) }
  }

  /// The ids of a text; an empty one has `[CLS]` and `[SEP]`.
  ///
  /// Precondition: `limit` is at least 2. O(length of the text).
  public func tokenize(_ text: String, limit: Int = maximumLength) -> Tokenization {
    var text = text
    var writer = PieceWriter(vocabulary: vocabulary, limit: limit - 1)
    text.withUTF8 { read($0, into: &writer) }
    return Tokenization(ids: writer.ids + [vocabulary.special.end], fullCount: writer.count + 1)
  }

  /// The pieces of ids, as people read them.
  public func pieces(of ids: [Int32]) -> [String] { ids.map { vocabulary.piece($0) ?? "[\($0)]" } }

  private func read(_ text: UnsafeBufferPointer<UInt8>, into writer: inout PieceWriter) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "["), let special = special(in: text, at: place) {
        writer.endWord()
        writer.append(special.id)
        place += special.piece.count
        continue
      }
      let (scalar, length) = Self.scalar(in: text, at: place)
      place += length
      let kind = scalars.kind(of: scalar)
      if kind.isEmpty {
        writer.add(scalar)
      } else if kind.contains(.space) {
        writer.endWord()
      } else if !kind.contains(.dropped) {
        add(scalar, kind, to: &writer)
      }
    }
    writer.endWord()
  }

  private func add(_ scalar: UInt32, _ kind: ScalarTable.Class, to writer: inout PieceWriter) {
    if kind.contains(.ideograph) { writer.endWord() }
    for scalar in kind.contains(.mapped) ? scalars.mapping(of: scalar) : [scalar] {
      let isWord = scalars.kind(of: scalar).contains(.punctuation)
      if isWord { writer.endWord() }
      writer.add(scalar)
      if isWord { writer.endWord() }
    }
    if kind.contains(.ideograph) { writer.endWord() }
  }

  private func special(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (piece: [UInt8], id: Int32)? {
    typed.first { piece, _ in text[place...].starts(with: piece) }
  }

  /// The scalar at a place of valid UTF-8, and its length in bytes.
  @inline(__always)
  private static func scalar(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (UInt32, Int) {
    let first = UInt32(text[place])
    if first < 0x80 { return (first, 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var scalar = first & (0xFF >> UInt32(length + 1))
    for next in 1..<length { scalar = scalar << 6 | UInt32(text[place + next] & 0x3F) }
    return (scalar, length)
  }
}

/// Collects the scalars of a word and writes its pieces, the longest first.
private struct PieceWriter {
  private let vocabulary: Vocabulary
  private let limit: Int
  private(set) var ids: [Int32]
  /// Ids so far, those beyond the limit too.
  private(set) var count = 1
  private var word: [UInt8] = []
  private var scalarCount = 0
  private var hashes: [Vocabulary.Hash] = []

  /// Keeps at most `limit` ids.
  init(vocabulary: Vocabulary, limit: Int) {
    self.vocabulary = vocabulary
    self.limit = limit
    ids = [vocabulary.special.start]
  }

  mutating func append(_ id: Int32) {
    if count < limit { ids.append(id) }
    count += 1
  }

  @inline(__always) mutating func add(_ scalar: UInt32) {
    scalarCount += 1
    if scalar < 0x80 {
      word.append(UInt8(truncatingIfNeeded: scalar))
    } else {
      word += UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
    }
  }

  mutating func endWord() {
    guard !word.isEmpty else { return }
    if scalarCount > WordPieceTokenizer.longestWord {
      append(vocabulary.special.unknown)
    } else {
      writePieces()
    }
    word.removeAll(keepingCapacity: true)
    scalarCount = 0
  }

  private mutating func writePieces() {
    var pieces: [Int32] = []
    var start = 0
    while start < word.count {
      guard let (id, end) = longestPiece(from: start) else {
        append(vocabulary.special.unknown)
        return
      }
      pieces.append(id)
      start = end
    }
    for id in pieces { append(id) }
  }

  private mutating func longestPiece(from start: Int) -> (id: Int32, end: Int)? {
    let prefix: StaticString = start == 0 ? "" : "##"
    var hash = Vocabulary.Hash()
    for place in 0..<prefix.utf8CodeUnitCount { hash.combine(prefix.utf8Start[place]) }
    let end = min(word.count, start + vocabulary.longest - prefix.utf8CodeUnitCount)
    guard start < end else { return nil }
    hashes.removeAll(keepingCapacity: true)
    for place in start..<end {
      hash.combine(word[place])
      hashes.append(hash)
    }
    return word.withUnsafeBufferPointer { word in
      for candidate in stride(from: end, to: start, by: -1) {
        // Pieces end where scalars do.
        if candidate < word.count, word[candidate] & 0xC0 == 0x80 { continue }
        let text = UnsafeBufferPointer(rebasing: word[start..<candidate])
        if let id = vocabulary.id(prefix, text, hashes[candidate - start - 1]) { return (id, candidate) }
      }
      return nil
    }
  }
}
