import VectorStore

/// LangChain's `CharacterTextSplitter` with a literal separator: cuts at one separator, then joins
/// neighbours while they fit into a chunk.
public struct CharacterTextSplitter: TextSplitter, Hashable {
  public let limits: ChunkLimits
  /// Literal text; empty cuts between any two code points.
  public let separator: Text
  public let placement: SeparatorPlacement

  public init(
    limits: ChunkLimits, separator: Text = "\n\n", placement: SeparatorPlacement = .dropped
  ) {
    self.limits = limits
    self.separator = separator
    self.placement = placement
  }

  public func split(_ text: Text) -> SplitText {
    let bytes = text.utf8
    let separator = separator.utf8
    let pieces = bytes.pieces(in: bytes.indices, separator: separator, placement: placement)
    var merger = ChunkMerger(text: bytes, limits: limits)
    merger.merge(pieces, separator: placement == .dropped ? separator : [])
    return merger.result()
  }
}
