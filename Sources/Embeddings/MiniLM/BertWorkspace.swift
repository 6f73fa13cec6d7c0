import CMiniLM

/// Memory for the numbers of one forward pass, used again for the next.
///
/// One thread at a time runs a pass in it; a crew's threads write to parts of it that do not overlap.
final class BertWorkspace: Sendable {
  /// Tokens that fit.
  let tokens: Int
  let state: AlignedMemory
  let sums: AlignedMemory
  let qkv: AlignedMemory
  let context: AlignedMemory
  let inner: AlignedMemory
  /// For attention, one for each worker of a crew.
  let scratch: [AlignedMemory]
  /// The input of a linear layer, prepared for its multiplication.
  private let prepared: AlignedMemory

  init(shape: BertShape, tokens: Int = TokenPack.limit) {
    self.tokens = tokens
    let row = shape.width * MemoryLayout<Float>.size
    let scratchSize = cminilm_attend_scratch(tokens) * MemoryLayout<Float>.size
    let parts = AlignedMemory.parts(
      byteCounts: [
        tokens * row, tokens * row, tokens * row * 3, tokens * row,
        tokens * shape.innerWidth * MemoryLayout<Float>.size,
        cminilm_split_bytes(tokens, max(shape.width, shape.innerWidth)),
      ] + Array(repeating: scratchSize, count: Crew.size))
    state = parts[0]
    sums = parts[1]
    qkv = parts[2]
    context = parts[3]
    inner = parts[4]
    prepared = parts[5]
    scratch = Array(parts[6...])
  }

  /// The input of a linear layer, split into the sums that are multiplied.
  var split: UnsafeMutablePointer<Float> { prepared.floats }

  /// The input of a linear layer in bfloat16.
  var rounded: UnsafeMutablePointer<UInt16> {
    prepared.bytes.assumingMemoryBound(to: UInt16.self).baseAddress.unsafelyUnwrapped
  }
}
