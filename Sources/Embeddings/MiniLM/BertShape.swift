/// The sizes of a BERT encoder whose heads are 32 wide.
struct BertShape: Sendable, Equatable {
  /// Word pieces that have a vector.
  var vocabulary: Int
  /// Tokens that the longest sequence may have.
  var positions: Int
  /// Numbers per token, a multiple of 32.
  var width: Int
  var layers: Int
  /// Numbers per token between the two halves of a layer's feed-forward part, a multiple of 32.
  var innerWidth: Int

  var heads: Int { width / 32 }

  /// sentence-transformers/all-MiniLM-L6-v2.
  static let miniLM = BertShape(
    vocabulary: 30_522, positions: 512, width: 384, layers: 6, innerWidth: 1536)
}
