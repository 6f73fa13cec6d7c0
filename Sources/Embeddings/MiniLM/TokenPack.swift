/// Sequences of token ids that go through the encoder together, one after the other, without padding.
struct TokenPack: Sendable, Equatable {
  /// The ids of all sequences.
  var ids: [Int32] = []
  /// Tokens of each sequence, in order.
  var lengths: [Int] = []
  /// The row of the first sequence's vector; the others follow.
  var firstRow: Int

  /// Tokens of a full pack: as many as the longest sequence has, few enough for the second-level cache.
  static let limit = 256

  /// Packs sequences in their order.
  ///
  /// - Precondition: no sequence is empty or longer than ``limit``.
  static func packs(of sequences: some Sequence<[Int32]>) -> [TokenPack] {
    var packs: [TokenPack] = []
    for (row, sequence) in sequences.enumerated() {
      precondition(1...limit ~= sequence.count, "a sequence of \(sequence.count) tokens")
      if packs.last.map({ $0.ids.count + sequence.count > limit }) ?? true {
        packs.append(TokenPack(firstRow: row))
      }
      packs[packs.count - 1].ids += sequence
      packs[packs.count - 1].lengths.append(sequence.count)
    }
    return packs
  }
}
