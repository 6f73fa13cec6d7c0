import Foundation

/// Memory for numbers, aligned for vectors, of any content at first, freed with its owner.
///
/// Unchecked, because it does not know who writes: weights are written before anyone else sees them,
/// and a workspace belongs to one forward pass at a time.
final class AlignedMemory: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    // Large pages make a first touch of 90 MB several times faster, where the kernel has them.
    let large = 2 << 20
    let alignment = byteCount >= 2 * large ? large : 64
    bytes = .allocate(byteCount: byteCount, alignment: alignment)
    if alignment == large { madvise(bytes.baseAddress, byteCount, MADV_HUGEPAGE) }
  }

  deinit {
    bytes.deallocate()
  }

  /// Memory for this many numbers.
  convenience init(floats: Int) {
    self.init(byteCount: floats * MemoryLayout<Float>.size)
  }

  /// All of it as numbers.
  var floats: UnsafeMutablePointer<Float> {
    // Never nil: there is no empty one.
    bytes.assumingMemoryBound(to: Float.self).baseAddress.unsafelyUnwrapped
  }
}
