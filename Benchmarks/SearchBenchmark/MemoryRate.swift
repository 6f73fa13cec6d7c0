import VectorStore

/// How long the processor takes to read vectors and do nothing with them: no scan of floats can be quicker.
enum MemoryRate {
  /// Reads all vectors of a part on two threads, as a scan has them.
  static func read(_ part: StoreVersion.Part) async throws {
    let vectors = part.segment.vectors
    let size = vectors.count * vectors.dimension * MemoryLayout<Float>.size
    let half = size / 2 / 256 * 256
    try await withThrowingTaskGroup(of: UInt64.self) { group in
      for range in [0..<half, half..<size / 256 * 256] {
        group.addTask { try vectors.withRows { rows in sum(rows, range) } }
      }
      // Nobody needs the sum, but what is added up is read.
      for try await sum in group where sum == 1 { print("") }
    }
  }

  private static func sum(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> UInt64 {
    var (a, b, c, d) = (SIMD8<UInt64>.zero, SIMD8<UInt64>.zero, SIMD8<UInt64>.zero, SIMD8<UInt64>.zero)
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 256) {
      a |= bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self)
      b |= bytes.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<UInt64>.self)
      c |= bytes.loadUnaligned(fromByteOffset: offset + 128, as: SIMD8<UInt64>.self)
      d |= bytes.loadUnaligned(fromByteOffset: offset + 192, as: SIMD8<UInt64>.self)
    }
    return (a | b | c | d).wrappedSum()
  }
}
