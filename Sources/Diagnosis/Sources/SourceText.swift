import VectorStore

/// A source put together again from its chunks.
public struct SourceText: Sendable, Equatable {
  public struct Chunk: Sendable, Equatable {
    public var row: Int
    public var id: DocumentID
    /// What the chunk shares with the end of what comes before, and is shown once only.
    public var overlap: String
    /// The rest of it.
    public var text: String
    /// Whether text is missing between the chunk before and this one, as their `start_index` tells.
    public var followsGap: Bool
  }

  public private(set) var chunks: [Chunk] = []
  /// Where the text put together so far ends, in characters of the source; nil when the chunks do not say.
  private var end: Int?
  /// The end of the text so far, as far as an overlap can reach back.
  private var tail = ""

  public init() {}

  /// Adds the next chunk, in the order of the source; `start` is its `start_index`.
  ///
  /// With it the overlap is what both cover, if the texts agree there; without it, the longest beginning of the chunk that
  /// the text so far ends in. Splitters trim chunks, so an overlap of blanks alone is none.
  public mutating func append(_ document: Document, row: Int, start: Int?) {
    let text = document.content.string
    var count = 0
    var gap = false
    if let start, let end {
      let shared = end - start
      let head = shared > 0 ? text.unicodeScalars.prefix(shared) : ""[...].unicodeScalars
      if shared > 0, tail.unicodeScalars.suffix(head.count).elementsEqual(head) { count = head.count }
      gap = shared < -Self.trimmed
    }
    if count == 0 { count = Self.overlap(of: Array(tail.unicodeScalars), Array(text.unicodeScalars)) }
    let scalars = text.unicodeScalars
    let split = scalars.index(scalars.startIndex, offsetBy: count)
    chunks.append(
      Chunk(
        row: row, id: document.id, overlap: String(scalars[..<split]), text: String(scalars[split...]),
        followsGap: gap))
    if let start { end = max(end ?? 0, start + scalars.count) } else { end = nil }
    tail = String((tail + String(scalars[split...])).unicodeScalars.suffix(Self.reach))
  }

  /// A page begins: its characters are counted anew, and it shares nothing with the one before.
  public mutating func startPage() {
    end = nil
    tail = ""
  }

  /// Overlaps longer than this are not looked for.
  static let reach = 8192
  /// Blanks that a splitter may have trimmed between two chunks.
  private static let trimmed = 8
  /// A shared run shorter than this is chance.
  private static let least = 8

  /// How many scalars the end of `before` and the beginning of `after` have in common at most.
  ///
  /// O(length) by the failure function of Knuth, Morris and Pratt over `after` and `before`.
  static func overlap(of before: [Unicode.Scalar], _ after: [Unicode.Scalar]) -> Int {
    let pattern = after.prefix(reach)
    var failure = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for place in pattern.indices.dropFirst() {
      while length > 0, pattern[place] != pattern[length] { length = failure[length - 1] }
      if pattern[place] == pattern[length] { length += 1 }
      failure[place] = length
    }
    length = 0
    guard !pattern.isEmpty else { return 0 }
    for scalar in before.suffix(pattern.count) {
      while length > 0, length == pattern.count || scalar != pattern[length] { length = failure[length - 1] }
      if scalar == pattern[length] { length += 1 }
    }
    return length >= least || length == after.count ? length : 0
  }
}
