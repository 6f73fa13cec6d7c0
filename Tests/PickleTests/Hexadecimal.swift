/// Bytes written as hexadecimal digits; anything else separates.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// The bytes of a pickle of protocol 0, most of which is text.
func text(_ pickle: String) -> [UInt8] { Array(pickle.utf8) }
