import VectorStore

/// Metadata values as people read them.
enum MetadataText {
  /// One line; text as it is, lists in brackets, foreign values by what they say of themselves.
  static func describe(_ value: MetadataValue) -> String {
    switch value {
    case .string(let text): text.string
    default: nested(value)
    }
  }

  private static func nested(_ value: MetadataValue) -> String {
    switch value {
    case .null: "none"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .float(let value): "\(value)"
    case .string(let text): "\"\(text.string)\""
    case .list(let values): "[" + values.map(nested).joined(separator: ", ") + "]"
    case .tuple(let values): "(" + values.map(nested).joined(separator: ", ") + ")"
    case .dictionary(let metadata):
      "{" + metadata.entries.map { "\(describe($0.key)): \(nested($0.value))" }.joined(separator: ", ") + "}"
    case .foreign(let value): value.summary
    }
  }
}
