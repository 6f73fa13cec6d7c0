import Foundation

/// Memory for numbers, aligned for vectors, of any content at first, freed with its last part.
///
/// Unchecked, because it does not know who writes: weights are written before anyone else sees them,
/// and a workspace belongs to one forward pass at a time.
final class AlignedMemory: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer
  /// What this is a part of.
  private let whole: AlignedMemory?

  private init(whole: AlignedMemory?, bytes: UnsafeMutableRawBufferPointer) {
    self.whole = whole
    self.bytes = bytes
  }

  deinit {
    if whole == nil { bytes.deallocate() }
  }

  /// Parts of one piece of memory, side by side, each at least one byte.
  ///
  /// One piece, because the kernel backs a large one with large pages where it has them: the encoder
  /// then spends less time on finding the weights, and the first touch is several times faster.
  static func parts(byteCounts: [Int]) -> [AlignedMemory] {
    let starts = byteCounts.reduce(into: [0]) { starts, count in
      starts.append((starts[starts.count - 1] + count + lineSize - 1) / lineSize * lineSize)
    }
    let size = starts[starts.count - 1]
    let alignment = size >= largePage ? largePage : lineSize
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: alignment)
    if alignment == largePage { madvise(bytes.baseAddress, size, MADV_HUGEPAGE) }
    let whole = AlignedMemory(whole: nil, bytes: bytes)
    return zip(starts, byteCounts).map { start, count in
      AlignedMemory(whole: whole, bytes: .init(rebasing: bytes[start..<start + count]))
    }
  }

  private static let lineSize = 64
  private static let largePage = 2 << 20

  /// All of it as numbers.
  var floats: UnsafeMutablePointer<Float> {
    // Never nil: there is no empty one.
    bytes.assumingMemoryBound(to: Float.self).baseAddress.unsafelyUnwrapped
  }
}
