/// The encodings of text in pickles: UTF-8 with lone surrogates, and the escapes of protocol 0.
enum TextCodec {
  /// Whether bytes are UTF-8 in which surrogates may stand alone, as Python's "surrogatepass" has it.
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    while place < bytes.count {
      if bytes.count - place >= 32, isASCII(bytes, at: place) {
        place += 32
      } else if bytes.count - place >= 8,
        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        place += 8
      } else if bytes[place] < 0x80 {
        place += 1
      } else {
        let count = sequenceLength(bytes, at: place)
        guard count > 0 else { return false }
        place += count
      }
    }
    return true
  }

  /// Whether the 32 bytes from a place on are.
  @inline(__always)
  private static func isASCII(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    let words = bytes.loadUnaligned(fromByteOffset: place, as: SIMD4<UInt64>.self)
    return (words & SIMD4(repeating: 0x8080_8080_8080_8080)) == SIMD4(repeating: 0)
  }

  /// The length of the sequence of two to four bytes at a place; 0 when it is not valid.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Int {
    let count: Int
    let second: ClosedRange<UInt8>
    switch bytes[place] {
    case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard place + count <= bytes.count, second.contains(bytes[place + 1]) else { return 0 }
    for offset in 2..<max(count, 2) where bytes[place + offset] & 0xC0 != 0x80 { return 0 }
    return count
  }

  /// Decodes Python's "raw-unicode-escape" to UTF-8; nil for an escape beyond U+10FFFF or cut off.
  static func unescapeRawUnicode(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    let source = Array(bytes)
    var text: [UInt8] = []
    text.reserveCapacity(source.count)
    var place = 0
    while place < source.count {
      let byte = source[place]
      place += 1
      guard byte == UInt8(ascii: "\\"), place < source.count else {
        append(UInt32(byte), to: &text)
        continue
      }
      let kind = source[place]
      place += 1
      guard kind == UInt8(ascii: "u") || kind == UInt8(ascii: "U") else {
        text.append(byte)
        append(UInt32(kind), to: &text)
        continue
      }
      let count = kind == UInt8(ascii: "u") ? 4 : 8
      guard place + count <= source.count,
        let value = number(source[place..<place + count], radix: 16), value <= 0x10FFFF
      else { return nil }
      append(value, to: &text)
      place += count
    }
    return text
  }

  /// Decodes the escapes of a Python 2 string literal; nil for one that is cut off.
  static func unescapeQuoted(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    let source = Array(bytes)
    var text: [UInt8] = []
    var place = 0
    while place < source.count {
      let byte = source[place]
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard place < source.count else { return nil }
      let kind = source[place]
      place += 1
      if let plain = plainEscapes[kind] {
        text.append(plain)
      } else if kind == UInt8(ascii: "x") {
        guard place + 2 <= source.count, let value = number(source[place..<place + 2], radix: 16) else {
          return nil
        }
        text.append(UInt8(value))
        place += 2
      } else if (48...55).contains(kind) {
        let digits = source[(place - 1)..<min(place + 2, source.count)].prefix { (48...55).contains($0) }
        text.append(UInt8(truncatingIfNeeded: number(digits, radix: 8) ?? 0))
        place += digits.count - 1
      } else {
        text += [byte, kind]
      }
    }
    return text
  }

  private static let plainEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "'"): 0x27, UInt8(ascii: "\""): 0x22,
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
    UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
  ]

  private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt32? {
    guard digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-") else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  /// Appends a code point, surrogates included, as UTF-8.
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (value >> shift & 0x3F)) }
    switch value {
    case ..<0x80: text.append(UInt8(value))
    case ..<0x800: text += [UInt8(0xC0 | value >> 6), tail(0)]
    case ..<0x10000: text += [UInt8(0xE0 | value >> 12), tail(6), tail(0)]
    default: text += [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)]
    }
  }

  /// The bytes of a text that holds only U+0000 to U+00FF; nil for any other.
  static func latin1(_ text: PickleString) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.bytes.count)
    guard let string = text.string else { return nil }
    for scalar in string.unicodeScalars {
      guard scalar.value < 256 else { return nil }
      bytes.append(UInt8(scalar.value))
    }
    return bytes
  }
}
