/// A strict reader of JSON that keeps what Foundation's loses: integer or float, and the order of keys.
///
/// Offsets in its errors count UTF-8 bytes.
struct JSONReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  /// Values nested deeper are refused, so that no text can exhaust the stack.
  static let depthLimit = 200

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func wholeDocument() throws(JSONError) -> MetadataValue {
    let value = try self.value()
    skipBlanks()
    guard position == bytes.count else { throw failure("the end is expected after the value") }
    return value
  }

  /// Reads one value and stops behind it.
  mutating func value(depth: Int = 0) throws(JSONError) -> MetadataValue {
    skipBlanks()
    guard let byte = peek else { throw failure("a value is expected, the text ends") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return .list(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try literal()
    }
  }

  // MARK: Containers

  private mutating func array(depth: Int) throws(JSONError) -> [MetadataValue] {
    try open(depth: depth)
    var elements: [MetadataValue] = []
    if close(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth))
      if close(UInt8(ascii: "]")) { return elements }
      try expect(UInt8(ascii: ","), "a comma or ] is expected in the list")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> MetadataValue {
    let start = position
    try open(depth: depth)
    var pairs: [(MetadataValue, MetadataValue)] = []
    if close(UInt8(ascii: "}")) { return .dictionary(Metadata()) }
    while true {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw failure("a key in double quotes is expected") }
      let key = MetadataValue.string(try string())
      skipBlanks()
      try expect(UInt8(ascii: ":"), "a colon is expected after the key")
      pairs.append((key, try value(depth: depth)))
      if close(UInt8(ascii: "}")) { break }
      try expect(UInt8(ascii: ","), "a comma or } is expected in the object")
    }
    let content = Metadata(pairs)
    do {
      return try MetadataValue(taggedFields: content) ?? .dictionary(content)
    } catch {
      throw JSONError(message: error.message, offset: start)
    }
  }

  private mutating func open(depth: Int) throws(JSONError) {
    guard depth <= Self.depthLimit else {
      throw failure("values nest deeper than \(Self.depthLimit)")
    }
    position += 1
  }

  private mutating func close(_ bracket: UInt8) -> Bool {
    skipBlanks()
    guard peek == bracket else { return false }
    position += 1
    return true
  }

  // MARK: Scalars

  private mutating func literal() throws(JSONError) -> MetadataValue {
    let start = position
    while let byte = peek, (0x41...0x5a).contains(byte & ~0x20) { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "NaN": return .float(.nan)
    case "Infinity": return .float(.infinity)
    default:
      position = start
      throw failure("a JSON value is expected")
    }
  }

  private mutating func number() throws(JSONError) -> MetadataValue {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    if bytes[position...].starts(with: "Infinity".utf8) {
      position += 8
      return .float(-.infinity)
    }
    let leading = position
    try digits()
    if bytes[leading] == UInt8(ascii: "0"), position > leading + 1 {
      position = leading
      throw failure("a number must not start with 0")
    }
    var isFloat = false
    if peek == UInt8(ascii: ".") {
      isFloat = true
      position += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isFloat = true
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let value = isFloat ? Double(text).map(MetadataValue.float) : MetadataValue.integer(decimal: text)
    guard let value else { throw JSONError(message: "\(text) is not a number", offset: start) }
    return value
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw failure("a digit is expected") }
  }

  private mutating func string() throws(JSONError) -> Text {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return Text(utf8: content)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &content)
      case 0..<0x20:
        throw failure("a control character in a text must be escaped")
      default:
        content.append(byte)
        position += 1
      }
    }
    throw JSONError(message: "the text that starts here has no closing quote", offset: start)
  }

  private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
    guard let byte = peek else { throw failure("an escape is expected after \\") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0c)
    case UInt8(ascii: "n"): content.append(0x0a)
    case UInt8(ascii: "r"): content.append(0x0d)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var unit = try codeUnit()
      // A high half takes a low half with it; alone it stays, as Python's json keeps it.
      if (0xd800..<0xdc00).contains(unit), bytes[position...].starts(with: "\\u".utf8) {
        let behindHigh = position
        position += 2
        let low = try codeUnit()
        if (0xdc00..<0xe000).contains(low) {
          unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
        } else {
          position = behindHigh
        }
      }
      content.append(codePoint: unit)
    default:
      position -= 1
      throw failure("one of \" \\ / b f n r t u is expected after \\")
    }
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits are expected after \\u") }
    position = end
    return unit
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func expect(_ byte: UInt8, _ message: String) throws(JSONError) {
    guard peek == byte else { throw failure(message) }
    position += 1
  }

  private func failure(_ message: String) -> JSONError {
    JSONError(message: message, offset: position)
  }
}

extension [UInt8] {
  /// Appends a code point as UTF-8; a lone surrogate as three bytes ("surrogatepass").
  mutating func append(codePoint: UInt32) {
    if let scalar = Unicode.Scalar(codePoint) {
      append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    } else {
      append(UInt8(0xe0 | codePoint >> 12))
      append(UInt8(0x80 | codePoint >> 6 & 0x3f))
      append(UInt8(0x80 | codePoint & 0x3f))
    }
  }
}
