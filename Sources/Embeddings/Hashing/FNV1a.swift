/// The 64-bit FNV-1a hash of UTF-8 bytes, built up scalar by scalar.
///
/// Source: Fowler, Noll and Vo; constants as in RFC 9923.
struct FNV1a {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ prefix: String) {
    for byte in prefix.utf8 { combine(byte) }
  }

  func combining(_ scalar: Unicode.Scalar) -> FNV1a {
    var result = self
    result.combine(scalar)
    return result
  }

  func combining(_ scalars: [Unicode.Scalar]) -> FNV1a {
    var result = self
    for scalar in scalars { result.combine(scalar) }
    return result
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      combine(UInt8(scalar.value))
    } else {
      for byte in String(scalar).utf8 { combine(byte) }
    }
  }

  private mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
}
