import VectorStore

/// LangChain's `RecursiveCharacterTextSplitter` with literal separators: cuts at the first separator
/// that the text has, and cuts pieces that are still too long at those behind it.
public struct RecursiveCharacterTextSplitter: TextSplitter, Hashable {
  /// Paragraphs, lines, words, code points.
  public static let standardSeparators: [Text] = ["\n\n", "\n", " ", ""]

  public let limits: ChunkLimits
  /// From the coarsest to the finest; never empty.
  public let separators: [Text]
  public let placement: SeparatorPlacement

  /// No separators at all mean the standard ones, as in LangChain.
  public init(
    limits: ChunkLimits, separators: [Text] = standardSeparators, placement: SeparatorPlacement = .start
  ) {
    self.limits = limits
    self.separators = separators.isEmpty ? Self.standardSeparators : separators
    self.placement = placement
  }

  public func split(_ text: Text) -> SplitText {
    let bytes = text.utf8
    var merger = ChunkMerger(text: bytes, limits: limits)
    split(bytes.indices, separators: separators.map(\.utf8)[...], into: &merger)
    return merger.result()
  }

  /// As deep as there are separators.
  private func split(
    _ range: Range<Int>, separators: ArraySlice<[UInt8]>, into merger: inout ChunkMerger
  ) {
    let place = separators.firstIndex { merger.text.contains($0, in: range) }
    let separator = place.map { separators[$0] } ?? separators.last ?? []
    // Behind the empty separator nothing is finer; a text with none of them is not cut further.
    let finer = separator.isEmpty ? [] : place.map { separators[($0 + 1)...] } ?? []
    let glue = placement == .dropped ? separator : []

    var fitting: [Range<Int>] = []
    for piece in merger.text.pieces(in: range, separator: separator, placement: placement) {
      if merger.text[piece].codePointCount < limits.chunkSize {
        fitting.append(piece)
        continue
      }
      if !fitting.isEmpty { merger.merge(fitting, separator: glue) }
      fitting.removeAll()
      if finer.isEmpty {
        // LangChain neither strips nor warns here.
        merger.append(piece)
      } else {
        split(piece, separators: finer, into: &merger)
      }
    }
    if !fitting.isEmpty { merger.merge(fitting, separator: glue) }
  }
}
