/// Writes values as the journal keeps them: little-endian, texts and lists after their count.
struct JournalEncoder {
  private(set) var bytes: [UInt8] = []

  /// Begins anew, in the same memory.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func tag(_ tag: UInt8) { bytes.append(tag) }

  mutating func integer(_ value: Int) {
    withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func data(_ value: [UInt8]) {
    integer(value.count)
    bytes += value
  }

  mutating func text(_ value: String) { data(Array(value.utf8)) }

  /// Nil is told from an empty one.
  mutating func data(optional value: [UInt8]?) {
    tag(value == nil ? 0 : 1)
    if let value { data(value) }
  }

  mutating func raw(_ values: UnsafeRawBufferPointer) { bytes.append(contentsOf: values) }

  mutating func document(_ document: Document) {
    text(document.id.text)
    data(optional: document.id.encoded)
    data(document.content.utf8)
    metadata(document.metadata)
    data(optional: document.encoded)
  }

  mutating func metadata(_ metadata: Metadata) {
    integer(metadata.count)
    for entry in metadata.entries {
      value(entry.key)
      value(entry.value)
    }
  }

  mutating func value(_ value: MetadataValue) {
    switch value {
    case .null: tag(0)
    case .bool(let value): tag(value ? 2 : 1)
    case .int(let value):
      tag(3)
      integer(value)
    case .float(let value):
      tag(4)
      integer(Int(bitPattern: UInt(value.bitPattern)))
    case .string(let text):
      tag(5)
      data(text.utf8)
    case .list(let items), .tuple(let items):
      if case .list = value { tag(6) } else { tag(7) }
      integer(items.count)
      for item in items { self.value(item) }
    case .dictionary(let items):
      tag(8)
      metadata(items)
    case .foreign(let foreign):
      tag(9)
      text(foreign.kind)
      text(foreign.summary)
      metadata(foreign.fields)
      data(foreign.encoded)
    }
  }
}

/// Reads what ``JournalEncoder`` wrote; every count is checked against what is left.
struct JournalDecoder {
  /// The bytes are not what the journal writes.
  struct Damage: Error {}

  private let bytes: [UInt8]
  /// Bytes read so far.
  private(set) var place = 0

  /// Values inside values that are read; the readers of stores allow no more.
  private static let depthLimit = 1000

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func tag() throws(Damage) -> UInt8 { try take(1)[0] }

  mutating func integer() throws(Damage) -> Int {
    let raw = try take(8)
    return Int(raw.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) })
  }

  mutating func data() throws(Damage) -> [UInt8] { try take(try count()) }

  mutating func text() throws(Damage) -> String { String(decoding: try data(), as: UTF8.self) }

  mutating func optionalData() throws(Damage) -> [UInt8]? { try tag() == 0 ? nil : try data() }

  mutating func floats(_ count: Int) throws(Damage) -> [Float] {
    let (size, overflow) = count.multipliedReportingOverflow(by: 4)
    guard !overflow else { throw Damage() }
    let raw = try take(size)
    return raw.withUnsafeBytes { raw in
      (0..<count).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }

  /// A count of things that take a byte at least.
  mutating func count() throws(Damage) -> Int {
    let count = try integer()
    guard count >= 0, count <= bytes.count - place else { throw Damage() }
    return count
  }

  mutating func document() throws(Damage) -> Document {
    let id = DocumentID(try text(), encoded: try optionalData())
    return Document(
      id: id, content: Text(utf8: try data()), metadata: try metadata(depth: 0), encoded: try optionalData())
  }

  private mutating func metadata(depth: Int) throws(Damage) -> Metadata {
    var pairs: [(MetadataValue, MetadataValue)] = []
    for _ in 0..<(try count()) { pairs.append((try value(depth: depth + 1), try value(depth: depth + 1))) }
    return Metadata(pairs)
  }

  mutating func value(depth: Int = 0) throws(Damage) -> MetadataValue {
    guard depth < Self.depthLimit else { throw Damage() }
    switch try tag() {
    case 0: return .null
    case 1: return .bool(false)
    case 2: return .bool(true)
    case 3: return .int(try integer())
    case 4: return .float(Double(bitPattern: UInt64(UInt(bitPattern: try integer()))))
    case 5: return .string(Text(utf8: try data()))
    case 6: return .list(try items(depth: depth))
    case 7: return .tuple(try items(depth: depth))
    case 8: return .dictionary(try metadata(depth: depth))
    case 9:
      return .foreign(
        ForeignValue(
          kind: try text(), summary: try text(), fields: try metadata(depth: depth), encoded: try data()))
    default: throw Damage()
    }
  }

  private mutating func items(depth: Int) throws(Damage) -> [MetadataValue] {
    var items: [MetadataValue] = []
    for _ in 0..<(try count()) { items.append(try value(depth: depth + 1)) }
    return items
  }

  private mutating func take(_ count: Int) throws(Damage) -> [UInt8] {
    guard count >= 0, count <= bytes.count - place else { throw Damage() }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }
}
