import Pickle
import VectorStore

/// A value of a standard-library or numpy class, read as data: its kind, how it prints, its tagged fields.
struct PythonObject {
  var kind: String
  var summary: String
  var fields: Metadata

  /// Nil for a class that is not understood, or arguments of another shape than the class pickles.
  init?(_ object: PickleObject) throws(StoreFormatError) {
    guard let name = object.className else { return nil }
    let arguments = object.arguments
    switch (name, arguments.count) {
    case ("datetime.datetime", 1...2), ("datetime.date", 1), ("datetime.time", 1...2),
      ("datetime.timedelta", 0...3):
      guard let value = PythonDate(name, arguments) else { return nil }
      self.init(kind: value.kind, summary: value.summary, fields: value.fields)
    case ("decimal.Decimal", 1):
      guard let text = arguments[0].text else { return nil }
      self.init("Decimal", text)
    case ("uuid.UUID", 0):
      guard case .dict(let state)? = object.state,
        let number = state["int"], let text = Self.uuid(number)
      else { return nil }
      self.init("UUID", text)
    case ("fractions.Fraction", 1):
      guard let text = arguments[0].text else { return nil }
      self.init("Fraction", text)
    case ("fractions.Fraction", 2):
      guard let top = arguments[0].integer, let bottom = arguments[1].integer else { return nil }
      self.init("Fraction", bottom == 1 ? "\(top)" : "\(top)/\(bottom)")
    case ("ipaddress.IPv4Address", 1):
      guard let bits = arguments[0].integer, let address = UInt32(exactly: bits) else { return nil }
      self.init(
        "IPv4Address", (0..<4).map { "\(address >> (24 - 8 * UInt32($0)) & 255)" }.joined(separator: "."))
    case ("builtins.complex", 2):
      guard case .float(let real) = arguments[0], case .float(let imaginary) = arguments[1] else {
        return nil
      }
      self.init(
        kind: "complex", summary: "(\(real)\(imaginary < 0 ? "" : "+")\(imaginary)j)",
        fields: ["v": .list([.text("\(real)"), .text("\(imaginary)")])])
    case ("builtins.range", 3), ("builtins.slice", 3):
      let values = try MetadataValue.all(arguments)
      let kind = String(name.dropFirst("builtins.".count))
      let inside = values.map(\.pythonRepresentation).joined(separator: ", ")
      self.init(kind: kind, summary: "\(kind)(\(inside))", fields: ["v": .list(values)])
    case _ where name.hasPrefix("pathlib."):
      let parts = arguments.compactMap(\.text)
      guard parts.count == arguments.count else { return nil }
      self.init("path", Self.path(parts, isWindows: name.contains("Windows")))
    case _ where name.hasPrefix("collections."):
      guard let value = try Self.collection(name, object) else { return nil }
      self = value
    default:
      guard let value = try Self.numpy(object) else { return nil }
      self = value
    }
  }

  private init(kind: String, summary: String, fields: Metadata) {
    self.kind = kind
    self.summary = summary
    self.fields = fields
  }

  /// A kind that is all in its text.
  private init(_ kind: String, _ text: String) {
    self.init(kind: kind, summary: text, fields: ["v": .text(text)])
  }

  private static func collection(_ name: String, _ object: PickleObject) throws(StoreFormatError)
    -> PythonObject?
  {
    let kind = String(name.dropFirst("collections.".count))
    if kind == "deque" {
      var items = object.listItems
      if items.isEmpty, case .list(let given)? = object.arguments.first { items = given }
      let maximum: MetadataValue = object.arguments.count > 1 ? try MetadataValue(object.arguments[1]) : .null
      let values = try MetadataValue.all(items)
      let inside = MetadataValue.list(values).pythonRepresentation
      return PythonObject(
        kind: kind, summary: "deque(\(inside))", fields: ["v": .list(values), "maxlen": maximum])
    }
    var pairs = PickleValue.object(object).dictionaryItems ?? []
    if kind == "Counter", pairs.isEmpty, case .dict(let given)? = object.arguments.first { pairs = given }
    var items: [MetadataValue] = []
    for pair in pairs { items.append(.list([try MetadataValue(pair.key), try MetadataValue(pair.value)])) }
    var fields: Metadata = ["items": .list(items)]
    if kind == "defaultdict" {
      if case .global(let factory)? = object.arguments.first {
        fields["factory"] = .text(factory.name)
      } else {
        fields["factory"] = .null
      }
    }
    let inside = try MetadataValue.dictionary(Metadata(pairs)).pythonRepresentation
    return PythonObject(kind: kind, summary: "\(kind)(\(inside))", fields: fields)
  }

  private static func numpy(_ object: PickleObject) throws(StoreFormatError) -> PythonObject? {
    if let scalar = NumPyScalar(object) {
      return PythonObject(
        kind: scalar.typeName, summary: scalar.value.pythonText,
        fields: [
          "dtype": .text(scalar.dtype), "v": scalar.value, "raw_hex": .text(hexadecimal(scalar.bytes)),
        ])
    }
    guard let array = NumPyArray(object) else { return nil }
    let shape = array.shape.map { MetadataValue.int($0) }
    return PythonObject(
      kind: "ndarray",
      summary: "array\(MetadataValue.tuple(shape).pythonRepresentation) \(array.dtype)",
      fields: ["dtype": .text(array.dtype), "shape": .list(shape), "v": .list(array.values)])
  }

  private static func uuid(_ number: PickleValue) -> String? {
    var bytes: [UInt8]
    switch number {
    case .int(let value) where value >= 0:
      bytes = (0..<16).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    case .bigInt(let value) where value.bytes.count <= 17: bytes = Array(value.bytes.prefix(16))
    default: return nil
    }
    bytes += [UInt8](repeating: 0, count: 16 - bytes.count)
    let digits = hexadecimal(bytes.reversed())
    var groups: [Substring] = []
    var rest = Substring(digits)
    for length in [8, 4, 4, 4, 12] {
      groups.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: "-")
  }

  private static func path(_ parts: [String], isWindows: Bool) -> String {
    guard let first = parts.first else { return "." }
    let separator = isWindows ? "\\" : "/"
    let rest = parts.dropFirst().joined(separator: separator)
    if rest.isEmpty { return first }
    return first.hasSuffix(separator) ? first + rest : first + separator + rest
  }
}
