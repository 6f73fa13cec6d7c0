extension MetadataValue {
  /// One line as people read it: text as it is, lists in brackets, foreign values by what they say of themselves.
  public var displayText: String {
    if case .string(let text) = self { text.string } else { nestedText }
  }

  private var nestedText: String {
    switch self {
    case .null: "none"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let text): "\"\(text.string)\""
    case .list(let items): "[" + items.map(\.nestedText).joined(separator: ", ") + "]"
    case .tuple(let items): "(" + items.map(\.nestedText).joined(separator: ", ") + ")"
    case .dictionary(let fields):
      "{" + fields.entries.map { "\($0.key.displayText): \($0.value.nestedText)" }.joined(separator: ", ")
        + "}"
    case .foreign(let value): value.summary
    }
  }
}
