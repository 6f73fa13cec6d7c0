/// The key of a metadata value, or the keys that lead down to it through nested dicts.
public struct FieldPath: Sendable, Hashable {
  /// From the outside in, never empty; nearly always text.
  public let keys: [MetadataValue]
  /// What is left of the path from each key on, joined with dots; nil where a key is not text.
  private let joined: [MetadataValue?]

  /// One exact key, dots in it included.
  public init(_ key: MetadataValue) {
    self.init(keys: [key])
  }

  /// The keys in order; an empty list stands for the empty key.
  public init(keys: [MetadataValue]) {
    self.keys = keys.isEmpty ? [""] : keys
    joined = self.keys.indices.map { [keys = self.keys] start in Self.join(keys[start...]) }
  }

  /// The value that the path leads to; nil when it is missing.
  ///
  /// An exact key with a dot wins over the dict below the part before the dot.
  public func value(in metadata: Metadata) -> MetadataValue? {
    value(in: metadata, from: 0)
  }

  private func value(in metadata: Metadata, from start: Int) -> MetadataValue? {
    if let key = joined[start], let value = metadata.pythonValue(of: key) { return value }
    guard let value = metadata.pythonValue(of: keys[start]) else { return nil }
    guard start + 1 < keys.count else { return value }
    guard case .dictionary(let nested) = value else { return nil }
    return self.value(in: nested, from: start + 1)
  }

  private static func join(_ keys: ArraySlice<MetadataValue>) -> MetadataValue? {
    var parts: [String] = []
    if keys.count == 1 { return keys.first }
    for key in keys {
      guard case .string(let text) = key, text.exact == nil else { return nil }
      parts.append(text.string)
    }
    return .string(Text(parts.joined(separator: ".")))
  }
}
