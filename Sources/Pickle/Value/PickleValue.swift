/// A Python value as data: what a pickle describes, with nothing imported, called or constructed.
///
/// Values that appear several times in a pickle appear several times here; their storage is shared.
public enum PickleValue: Sendable, Hashable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits.
  case bigInt(PickleInteger)
  case float(Double)
  case string(PickleString)
  case bytes([UInt8])
  case byteArray([UInt8])
  case list([PickleValue])
  case tuple([PickleValue])
  /// The entries in insertion order; no two keys are equal as Python compares them.
  case dict([PickleEntry])
  /// The elements in file order, none twice.
  case set([PickleValue])
  /// The elements in file order, none twice.
  case frozenSet([PickleValue])
  /// A class or function by name.
  indirect case global(PickleGlobal)
  /// What a call of a class or function would make.
  indirect case object(PickleObject)
}

/// One key of a dictionary and its value.
public struct PickleEntry: Sendable, Hashable {
  public var key: PickleValue
  public var value: PickleValue

  public init(_ key: PickleValue, _ value: PickleValue) {
    self.key = key
    self.value = value
  }
}

extension PickleValue {
  /// A text value.
  public static func text(_ string: String) -> PickleValue { .string(PickleString(string)) }

  /// The text, if this is text without lone surrogates.
  public var text: String? {
    if case .string(let string) = self { string.string } else { nil }
  }

  /// The name of the type in Python, such as "int", "dict" or "datetime.datetime".
  public var typeName: String {
    switch self {
    case .none: "None"
    case .bool: "bool"
    case .int, .bigInt: "int"
    case .float: "float"
    case .string: "str"
    case .bytes: "bytes"
    case .byteArray: "bytearray"
    case .list: "list"
    case .tuple: "tuple"
    case .dict: "dict"
    case .set: "set"
    case .frozenSet: "frozenset"
    case .global(let global): global.description
    case .object(let object): object.callee.typeName
    }
  }
}

extension PickleValue: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
}

extension [PickleEntry] {
  /// The value of the first key that is this text.
  public subscript(key: StaticString) -> PickleValue? {
    first { if case .string(let text) = $0.key { text.spells(key) } else { false } }?.value
  }
}
