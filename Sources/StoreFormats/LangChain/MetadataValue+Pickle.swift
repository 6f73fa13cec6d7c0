import Pickle
import VectorStore

extension MetadataValue {
  /// What a pickled value means to people and filters; nothing it names is ever run.
  ///
  /// Values of classes that are not understood become foreign values of kind "opaque". All foreign
  /// values carry the piece of pickle that makes them again.
  init(_ value: PickleValue) throws(StoreFormatError) {
    switch value {
    case .none: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .string(let text): self = .string(Text(text))
    case .list(let items): self = .list(try Self.all(items))
    case .tuple(let items): self = .tuple(try Self.all(items))
    case .dict(let pairs): self = .dictionary(try Metadata(pairs))
    case .bigInt(let number):
      self = try .foreign("int", number.decimal, ["v": .text(number.decimal)], value)
    case .bytes(let bytes):
      self = try .foreign("bytes", Self.printed(bytes), ["hex": .text(hexadecimal(bytes))], value)
    case .byteArray(let bytes):
      self = try .foreign(
        "bytearray", "bytearray(\(Self.printed(bytes)))", ["hex": .text(hexadecimal(bytes))], value)
    case .set(let items): self = try .collection("set", items, value)
    case .frozenSet(let items): self = try .collection("frozenset", items, value)
    case .global(let name):
      self = try .foreign(
        "class", "\(name.module).\(name.name)", ["v": .text("\(name.module).\(name.name)")], value)
    case .object(let object):
      if let known = try PythonObject(object) {
        self = try .foreign(known.kind, known.summary, known.fields, value)
      } else {
        let name = object.className ?? "unknown class"
        self = try .foreign("opaque", "<\(name)>", ["class": .text(name)], value)
      }
    }
  }

  static func all(_ items: [PickleValue]) throws(StoreFormatError) -> [MetadataValue] {
    var result: [MetadataValue] = []
    result.reserveCapacity(items.count)
    for item in items { result.append(try MetadataValue(item)) }
    return result
  }

  static func text(_ string: String) -> MetadataValue { .string(Text(string)) }

  private static func foreign(_ kind: String, _ summary: String, _ fields: Metadata, _ value: PickleValue)
    throws(StoreFormatError) -> MetadataValue
  {
    .foreign(ForeignValue(kind: kind, summary: summary, fields: fields, encoded: try value.fragment()))
  }

  /// Sets have no order; members are shown sorted where they are all numbers or all text.
  private static func collection(_ kind: String, _ items: [PickleValue], _ value: PickleValue)
    throws(StoreFormatError) -> MetadataValue
  {
    let members = try all(items).sorted { a, b in
      switch (a, b) {
      case (.int(let a), .int(let b)): a < b
      case (.string(let a), .string(let b)): a.string < b.string
      default: false
      }
    }
    let inside = members.map(\.pythonRepresentation).joined(separator: ", ")
    let summary =
      kind == "set" && !members.isEmpty ? "{\(inside)}" : "\(kind)(\(inside.isEmpty ? "" : "{\(inside)}"))"
    return try .foreign(kind, summary, ["v": .list(members)], value)
  }

  private static func printed(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(32).map { byte -> String in
      byte >= 0x20 && byte < 0x7F
        ? String(Unicode.Scalar(byte)) : "\\x" + hexadecimal([byte])
    }
    return "b'\(shown.joined())\(bytes.count > 32 ? "…" : "")'"
  }
}

extension MetadataValue {
  /// Python's `str` of the value.
  public var pythonText: String {
    if case .string(let text) = self { text.string } else { pythonRepresentation }
  }

  /// Python's `repr` of the value, as far as it is known.
  var pythonRepresentation: String {
    switch self {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let text): "'\(text.string)'"
    case .list(let items): "[\(items.map(\.pythonRepresentation).joined(separator: ", "))]"
    case .tuple(let items):
      "(\(items.map(\.pythonRepresentation).joined(separator: ", "))\(items.count == 1 ? "," : ""))"
    case .dictionary(let items):
      "{"
        + items.entries.map { "\($0.key.pythonRepresentation): \($0.value.pythonRepresentation)" }
        .joined(separator: ", ") + "}"
    case .foreign(let value): value.summary
    }
  }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  var result = ""
  for byte in bytes {
    if byte < 16 { result += "0" }
    result += String(byte, radix: 16)
  }
  return result
}
