/// A checksum about as fast as memory, against damage and not against malice.
enum CacheChecksum {
  /// Four sums of 64 bits side by side: each step of one can be taken back, so that any one word that differs makes
  /// another sum, and the turn spreads what would only reach the highest bits.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (a, b, c, d) = (1 as UInt64, 2 as UInt64, 3 as UInt64, 4 as UInt64)
    var place = 0
    while bytes.count - place >= 32 {
      a = step(a, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      b = step(b, bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
      c = step(c, bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self))
      d = step(d, bytes.loadUnaligned(fromByteOffset: place + 24, as: UInt64.self))
      place += 32
    }
    var sum = UInt64(bytes.count)
    for byte in bytes[place...] { sum = step(sum, UInt64(byte)) }
    for part in [a, b, c, d] { sum = step(sum, part) }
    return sum
  }

  @inline(__always)
  private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product << 29 | product >> 35
  }
}
