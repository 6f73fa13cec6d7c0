import VectorStore

/// Joins neighbouring pieces of a text to chunks; LangChain's `TextSplitter._merge_splits`.
struct ChunkMerger {
  let text: [UInt8]
  let limits: ChunkLimits
  private var chunks: [[UInt8]] = []
  private var warnings: [LongChunkWarning] = []

  init(text: [UInt8], limits: ChunkLimits) {
    self.text = text
    self.limits = limits
  }

  /// Joins `pieces`, with `separator` between them, to chunks within the limits.
  ///
  /// A chunk starts with the last pieces of the one before, as many as the overlap holds.
  mutating func merge(_ pieces: [Range<Int>], separator: [UInt8]) {
    let gap = separator.codePointCount
    let lengths = pieces.map { text[$0].codePointCount }
    // The chunk in the making is pieces[first..<next], `total` code points long.
    var first = 0
    var total = 0
    for next in pieces.indices {
      func overflows() -> Bool { total + lengths[next] + (first < next ? gap : 0) > limits.chunkSize }
      if overflows() {
        if total > limits.chunkSize {
          warnings.append(LongChunkWarning(size: total, limit: limits.chunkSize))
        }
        append(pieces[first..<next], separator: separator)
        while total > limits.chunkOverlap || (overflows() && total > 0) {
          total -= lengths[first] + (next - first > 1 ? gap : 0)
          first += 1
        }
      }
      total += lengths[next] + (first < next ? gap : 0)
    }
    append(pieces[first...], separator: separator)
  }

  /// Adds a piece as a chunk of its own, unstripped.
  mutating func append(_ piece: Range<Int>) {
    chunks.append(Array(text[piece]))
  }

  private mutating func append(_ pieces: ArraySlice<Range<Int>>, separator: [UInt8]) {
    var chunk: [UInt8] = []
    for (number, piece) in pieces.enumerated() {
      if number > 0 { chunk += separator }
      chunk += text[piece]
    }
    if limits.stripsWhitespace { chunk = Array(chunk[chunk.strippedRange]) }
    if !chunk.isEmpty { chunks.append(chunk) }
  }

  /// The chunks with their places, found as LangChain's `create_documents` finds them.
  func result() -> SplitText {
    guard limits.addsStartIndex else {
      return SplitText(chunks: chunks.map { TextChunk(content: Text(utf8: $0)) }, warnings: warnings)
    }
    let places = CodePointPlaces(text)
    var index = 0
    var previousLength = 0
    let located = chunks.map { chunk in
      let start = max(0, index + previousLength - limits.chunkOverlap)
      index = places.index(of: chunk, from: start) ?? -1
      previousLength = chunk.codePointCount
      return TextChunk(content: Text(utf8: chunk), startIndex: index)
    }
    return SplitText(chunks: located, warnings: warnings)
  }
}
