/// The ids that a model reads instead of a text.
public struct Tokenization: Sendable, Equatable {
  /// From `[CLS]` to `[SEP]`, cut to the length that was asked for.
  public var ids: [Int32]
  /// How many there were before the cut, `[CLS]` and `[SEP]` included.
  public var fullCount: Int

  public init(ids: [Int32], fullCount: Int) {
    self.ids = ids
    self.fullCount = fullCount
  }

  /// Whether the end of the text is not among the ids.
  public var isTruncated: Bool { ids.count < fullCount }
}
