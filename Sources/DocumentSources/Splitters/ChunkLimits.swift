/// How long chunks may be; the settings of LangChain's `TextSplitter`.
public struct ChunkLimits: Sendable, Hashable {
  /// In code points, at least 1.
  public let chunkSize: Int
  /// How many code points at the end of a chunk the next one may repeat, at most `chunkSize`.
  public let chunkOverlap: Int
  /// Strips chunks as Python's `str.strip` does; chunks left empty are dropped.
  public let stripsWhitespace: Bool
  /// Finds the place of every chunk (LangChain's `add_start_index`).
  public let addsStartIndex: Bool

  /// LangChain's defaults.
  ///
  /// - Throws: ``SourceError`` `.badSplitter` where LangChain raises `ValueError`.
  public init(
    chunkSize: Int = 4000, chunkOverlap: Int = 200, stripsWhitespace: Bool = true,
    addsStartIndex: Bool = false
  ) throws(SourceError) {
    guard chunkSize > 0 else {
      throw SourceError(.badSplitter, "the chunk size must be at least 1, it is \(chunkSize)")
    }
    guard chunkOverlap >= 0 else {
      throw SourceError(.badSplitter, "the chunk overlap must not be negative, it is \(chunkOverlap)")
    }
    guard chunkOverlap <= chunkSize else {
      throw SourceError(
        .badSplitter,
        "the chunk overlap (\(chunkOverlap)) is larger than the chunk size (\(chunkSize)); "
          + "make it smaller")
    }
    self.chunkSize = chunkSize
    self.chunkOverlap = chunkOverlap
    self.stripsWhitespace = stripsWhitespace
    self.addsStartIndex = addsStartIndex
  }
}

/// Where a separator goes when a text is cut at it.
public enum SeparatorPlacement: String, Sendable, Hashable, CaseIterable {
  /// It is dropped, and put back between pieces that are joined to one chunk.
  case dropped
  /// It starts the piece behind it (LangChain's `True` and `"start"`).
  case start
  /// It ends the piece before it.
  case end
}
