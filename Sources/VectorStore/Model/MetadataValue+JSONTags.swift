extension MetadataValue {
  /// Reads the tagged form `{"$t": kind, …}`; nil when it is a dict: no text under "$t", or names with lone surrogates.
  ///
  /// - Throws: ``JSONError`` with offset 0 when a field that the kind needs is missing or malformed.
  init?(taggedFields content: Metadata) throws(JSONError) {
    guard case .string(let tag)? = content["$t"] else { return nil }
    switch tag.string {
    case "float": self = try Self.taggedFloat(content)
    case "int": self = try Self.taggedInteger(content)
    case "str": self = .string(try Self.taggedText(content))
    case "tuple":
      guard case .list(let elements)? = content["v"] else { throw Self.needs("a list v", "tuple") }
      self = .tuple(elements)
    case "dict":
      self = .dictionary(Metadata(try Self.taggedItems(content)))
    default:
      // Names of a foreign value are plain text; what has others is a dict that only looks like one.
      guard tag.exact == nil, content.entries.allSatisfy(\.hasExactName) else { return nil }
      var fields = content
      fields["$t"] = nil
      self = .foreign(
        ForeignValue(
          kind: tag.string, summary: Self.summary(kind: tag.string, fields: fields), fields: fields,
          encoded: []))
    }
  }

  private static func taggedFloat(_ content: Metadata) throws(JSONError) -> MetadataValue {
    if case .string(let bits)? = content["bits"], bits.string.utf8.count == 16,
      let pattern = UInt64(bits.string, radix: 16)
    {
      return .float(Double(bitPattern: pattern))
    }
    switch content["v"] {
    case .string(let text)?:
      if let number = Double(text.string) { return .float(number) }
    case .float(let number)?: return .float(number)
    case .int(let number)?: return .float(Double(number))
    default: break
    }
    throw needs("v, the float as text,", "float")
  }

  private static func taggedInteger(_ content: Metadata) throws(JSONError) -> MetadataValue {
    switch content["v"] {
    case .int(let number)?: return .int(number)
    case .string(let text)?:
      if let number = integer(decimal: text.string) { return number }
    default: break
    }
    throw needs("v, the digits as text,", "int")
  }

  private static func taggedText(_ content: Metadata) throws(JSONError) -> Text {
    guard case .string(let hex)? = content["utf8_surrogatepass_hex"],
      let bytes = [UInt8](hexadecimal: hex.string)
    else { throw needs("utf8_surrogatepass_hex", "str") }
    return Text(utf8: bytes)
  }

  private static func taggedItems(
    _ content: Metadata
  ) throws(JSONError) -> [(MetadataValue, MetadataValue)] {
    guard case .list(let items)? = content["items"] else { throw needs("a list items", "dict") }
    var pairs: [(MetadataValue, MetadataValue)] = []
    for item in items {
      guard case .list(let pair) = item, pair.count == 2 else {
        throw needs("items of [key, value]", "dict")
      }
      pairs.append((pair[0], pair[1]))
    }
    return pairs
  }

  private static func needs(_ field: String, _ kind: String) -> JSONError {
    JSONError(message: "a tagged \(kind) needs \(field)", offset: 0)
  }

  /// What people read, from the fields alone.
  private static func summary(kind: String, fields: Metadata) -> String {
    if case .string(let iso)? = fields["iso"] {
      guard kind == "datetime", let separator = iso.string.firstIndex(of: "T") else { return iso.string }
      return iso.string.replacingCharacter(at: separator, with: " ")
    }
    for name in ["v", "repr", "name"] {
      if case .string(let text)? = fields[name] { return text.string }
    }
    if let content = fields["v"] ?? fields["items"] { return "\(kind)(\(content.json))" }
    return "\(kind)\(MetadataValue.dictionary(fields).json)"
  }
}

extension Metadata.Entry {
  /// Whether `String` says all of the key.
  fileprivate var hasExactName: Bool {
    guard case .string(let name) = key else { return false }
    return name.exact == nil
  }
}

extension String {
  fileprivate func replacingCharacter(at place: Index, with character: Character) -> String {
    String(self[..<place]) + String(character) + self[index(after: place)...]
  }
}

extension [UInt8] {
  /// The bytes that a text of hexadecimal digit pairs names; nil when it is something else.
  init?(hexadecimal text: String) {
    let digits = Array<UInt8>(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    self = []
    reserveCapacity(digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      let pair = digits[place...place + 1]
      guard pair.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
      else { return nil }
      append(byte)
    }
  }
}
