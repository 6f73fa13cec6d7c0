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
  private let roundedMemory: AlignedMemory

  init(shape: BertShape, tokens: Int = TokenPack.limit) {
    self.tokens = tokens
    state = AlignedMemory(floats: tokens * shape.width)
    sums = AlignedMemory(floats: tokens * shape.width)
    qkv = AlignedMemory(floats: tokens * shape.width * 3)
    context = AlignedMemory(floats: tokens * shape.width)
    inner = AlignedMemory(floats: tokens * shape.innerWidth)
    scratch = (0..<Crew.size).map { _ in AlignedMemory(floats: cminilm_attend_scratch(tokens)) }
    roundedMemory = AlignedMemory(
      byteCount: tokens * max(shape.width, shape.innerWidth) * MemoryLayout<UInt16>.size)
  }

  /// The input of a linear layer in bfloat16.
  var rounded: UnsafeMutablePointer<UInt16> {
    roundedMemory.bytes.assumingMemoryBound(to: UInt16.self).baseAddress.unsafelyUnwrapped
  }
}
