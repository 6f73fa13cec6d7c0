/// Writes values as one line of JSON without blanks.
struct JSONWriter {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ value: MetadataValue) {
    switch value {
    case .null: write(raw: "null")
    case .bool(let truth): write(raw: truth ? "true" : "false")
    case .int(let number): write(number)
    case .float(let number): write(number)
    case .string(let text): write(text)
    case .list(let elements): write(elements)
    case .tuple(let elements):
      tagged("tuple") { $0.field("v") { $0.write(elements) } }
    case .dictionary(let content): write(content)
    case .foreign(let value):
      tagged(value.kind) { writer in
        for entry in value.fields.entries {
          guard case .string(let name) = entry.key else { continue }
          writer.field(name.string) { $0.write(entry.value) }
        }
      }
    }
  }

  /// Writes a text in double quotes; what could steer a terminal is escaped.
  mutating func write(string: String) {
    bytes.append(UInt8(ascii: "\""))
    if string.utf8.allSatisfy(Self.isPlain) {
      bytes.append(contentsOf: string.utf8)
    } else {
      for scalar in string.unicodeScalars { write(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func write(_ number: Int) {
    // Readers that know only doubles would round it.
    if number.magnitude < 1 << 53 {
      write(raw: String(number))
    } else {
      tagged("int") { $0.field("v") { $0.write(string: String(number)) } }
    }
  }

  private mutating func write(_ number: Double) {
    if number.isFinite {
      write(raw: number.description)
    } else {
      let name = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
      tagged("float") { $0.field("v") { $0.write(string: name) } }
    }
  }

  private mutating func write(_ text: Text) {
    guard let exact = text.exact else { return write(string: text.string) }
    tagged("str") { $0.field("utf8_surrogatepass_hex") { $0.write(string: exact.hexadecimal) } }
  }

  private mutating func write(_ elements: [MetadataValue]) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ content: Metadata) {
    guard content.entries.allSatisfy(\.hasPlainKey) else {
      let items = content.entries.map { MetadataValue.list([$0.key, $0.value]) }
      return tagged("dict") { $0.field("items") { $0.write(items) } }
    }
    bytes.append(UInt8(ascii: "{"))
    for (place, entry) in content.entries.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(entry.key)
      bytes.append(UInt8(ascii: ":"))
      write(entry.value)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func tagged(_ kind: String, fields: (inout JSONWriter) -> Void) {
    write(raw: "{\"$t\":")
    write(string: kind)
    fields(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func field(_ name: String, value: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: ","))
    write(string: name)
    bytes.append(UInt8(ascii: ":"))
    value(&self)
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": write(raw: "\\\"")
    case "\\": write(raw: "\\\\")
    case "\n": write(raw: "\\n")
    case "\r": write(raw: "\\r")
    case "\t": write(raw: "\\t")
    default:
      if Self.steersTerminal(scalar) {
        let digits = String(scalar.value, radix: 16)
        write(raw: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      } else {
        bytes.append(codePoint: scalar.value)
      }
    }
  }

  private mutating func write(raw text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// C0, DEL and C1 controls, the line and paragraph separators, and the bidirectional controls.
  private static func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}

extension Metadata.Entry {
  fileprivate var hasPlainKey: Bool {
    guard case .string(let name) = key else { return false }
    return name.exact == nil && name.string != "$t"
  }
}

extension [UInt8] {
  fileprivate var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
