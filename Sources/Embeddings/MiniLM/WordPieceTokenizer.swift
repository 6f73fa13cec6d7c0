/// Turns text into the ids that BERT models read: WordPiece, uncased.
///
/// 1. `[PAD]`, `[UNK]`, `[CLS]`, `[SEP]` and `[MASK]`, written exactly so, become their ids.
/// 2. What is between them is cleaned, taken apart canonically, stripped of its accents and
///    lower-cased, scalar by scalar (``ScalarRules``).
/// 3. White space ends words. Each punctuation mark and each ideograph is a word of its own.
/// 4. From a word's left the longest piece that the vocabulary has is taken, then the longest that
///    continues it, and so on. When one is missing, or the word has more than 100 scalars, it is
///    `[UNK]` as a whole.
///
/// Source: Wu and others, "Google's Neural Machine Translation System", 2016, section 4; the results
/// are those of Hugging Face's `tokenizers` with the model's `tokenizer.json`.
public struct WordPieceTokenizer: Sendable {
  /// Ids that the MiniLM model was made for, `[CLS]` and `[SEP]` included.
  public static let maximumLength = 256

  /// The pieces and their ids.
  public let vocabulary: Vocabulary

  private let specials: [Special]
  private let unknown: Int32
  private let first: Int32
  private let last: Int32

  /// - Throws: ``EmbeddingError`` with code `modelDamaged` when one of the special tokens is not in
  ///   the vocabulary.
  public init(vocabulary: Vocabulary) throws {
    func special(_ text: String) throws -> Special {
      guard let id = vocabulary.id(of: text) else {
        throw EmbeddingError(
          code: .modelDamaged,
          message: "expected \(text) in the vocabulary, found \(vocabulary.count) other pieces; "
            + "use the vocab.txt of the model")
      }
      return Special(bytes: Array(text.utf8), id: id)
    }
    let (unknown, first, last) = try (special("[UNK]"), special("[CLS]"), special("[SEP]"))
    specials = try [special("[PAD]"), unknown, first, last, special("[MASK]")]
    self.vocabulary = vocabulary
    self.unknown = unknown.id
    self.first = first.id
    self.last = last.id
  }

  /// The ids of a text, between `[CLS]` and `[SEP]`; an empty text has only these.
  ///
  /// - Parameter limit: The most ids to return. Of a longer text the end is cut, before `[SEP]`.
  /// - Precondition: `limit` is at least 2.
  public func tokenize(_ text: String, limit: Int = maximumLength) -> Tokenization {
    precondition(limit >= 2, "[CLS] and [SEP] need two ids")
    var text = text
    var writer = PieceWriter(vocabulary: vocabulary, unknown: unknown, first: first)
    text.withUTF8 { write($0, into: &writer) }
    writer.endWord()

    var ids = writer.ids
    let fullCount = ids.count + 1
    if fullCount > limit { ids.removeLast(fullCount - limit) }
    ids.append(last)
    return Tokenization(ids: ids, fullCount: fullCount)
  }

  /// The pieces of ids as the vocabulary writes them; `[UNK]` for an id that it does not have.
  public func tokens(of ids: [Int32]) -> [String] {
    ids.map { vocabulary.token($0) ?? "[UNK]" }
  }

  private struct Special: Sendable {
    var bytes: [UInt8]
    var id: Int32
  }

  private func write(_ text: UnsafeBufferPointer<UInt8>, into writer: inout PieceWriter) {
    let rules = ScalarRules.bert
    var position = 0
    while position < text.count {
      if text[position] == UInt8(ascii: "["), let special = special(at: position, of: text) {
        writer.endWord()
        writer.append(id: special.id)
        position += special.bytes.count
      } else {
        writer.write(scalar(at: &position, of: text), rules)
      }
    }
  }

  private func special(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Special? {
    specials.first { text[position...].starts(with: $0.bytes) }
  }

  /// Decodes one scalar and steps behind it.
  ///
  /// The bytes of a String are always well-formed.
  @inline(__always)
  private func scalar(at position: inout Int, of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let byte = UInt32(text[position])
    position += 1
    if byte < 0x80 { return byte }
    let following = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
    var scalar = byte & (0x3F >> UInt32(following))
    for _ in 0..<following {
      scalar = scalar << 6 | UInt32(text[position]) & 0x3F
      position += 1
    }
    return scalar
  }
}
