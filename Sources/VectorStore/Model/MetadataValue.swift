/// A value in a document's metadata: what JSON has, the Python values that filters compare, and
/// anything else as a ``ForeignValue`` that is shown, never interpreted, and written back unchanged.
public indirect enum MetadataValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(Text)
  case list([MetadataValue])
  case tuple([MetadataValue])
  case dictionary(Metadata)
  case foreign(ForeignValue)
}

/// A Python value outside ``MetadataValue``'s own cases: a date, a decimal, a set, bytes, an
/// unknown class, an integer beyond 64 bits, a text with lone surrogates.
public struct ForeignValue: Sendable, Hashable {
  /// Its kind as the tagged JSON form names it: "datetime", "Decimal", "set", "int", "opaque".
  public let kind: String
  /// What people read, as close to Python's `str` of the value as can be had without running it.
  public let summary: String
  /// The fields of the tagged JSON form beside "$t", in order.
  public let fields: Metadata
  /// A self-contained pickle fragment (protocol 4, no PROTO, STOP or memo use) that makes it again.
  public let encoded: [UInt8]

  public init(kind: String, summary: String, fields: Metadata, encoded: [UInt8]) {
    self.kind = kind
    self.summary = summary
    self.fields = fields
    self.encoded = encoded
  }
}

extension MetadataValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(Text(value)) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: MetadataValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, MetadataValue)...) {
    self = .dictionary(Metadata(elements.map { (.string(Text($0.0)), $0.1) }))
  }
}

extension MetadataValue {
  /// The type as people know it: "int", "text", "bool", … or the foreign kind.
  public var typeName: String {
    switch self {
    case .null: "none"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "text"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .foreign(let value): value.kind
    }
  }
}

/// Equal means the same value of the same type, bit for bit in floats: NaN equals itself, 0.0 is not -0.0.
/// Filters compare as Python does instead.
extension MetadataValue {
  public static func == (a: MetadataValue, b: MetadataValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.string(let a), .string(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.tuple(let a), .tuple(let b)): a == b
    case (.dictionary(let a), .dictionary(let b)): a == b
    case (.foreign(let a), .foreign(let b)): a == b
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: break
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .float(let value): hasher.combine(value.bitPattern)
    case .string(let value): hasher.combine(value)
    case .list(let items), .tuple(let items): hasher.combine(items)
    case .dictionary(let value): hasher.combine(value)
    case .foreign(let value): hasher.combine(value)
    }
  }
}
