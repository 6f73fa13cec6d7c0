extension LangChainFilter {
  /// The same meaning in the common form, minus the TypeErrors: what would raise does not match.
  var expression: Filter.Expression { root.expression }
}

extension LangChainFilter.Node {
  fileprivate var expression: Filter.Expression {
    switch self {
    case .all(let parts): .all(parts.map(\.expression))
    case .any(let parts): .any(parts.map(\.expression))
    case .not(let part): .not(part.expression)
    case .field(let key, let condition): condition.expression(at: FieldPath(key))
    }
  }
}

extension LangChainFilter.Condition {
  fileprivate func expression(at path: FieldPath) -> Filter.Expression {
    switch self {
    case .operators(let operations): .all(operations.map { $0.expression(at: path) })
    case .list(let elements), .frozenset(let elements): .member(path, of: elements)
    case .equals(let value): .compare(path, .equal, value)
    }
  }
}

extension LangChainFilter.Operation {
  fileprivate func expression(at path: FieldPath) -> Filter.Expression {
    if let comparison = name.comparison { return .compare(path, comparison, operand) }
    let member: Filter.Expression
    switch operand {
    case .string(let text):
      // A value that is no text raises under both `$in` and `$nin`.
      if name == .notMember { return .all([.type(path, "text"), .not(.within(path, text))]) }
      return .within(path, text)
    case .dictionary(let content): member = .member(path, of: content.entries.map(\.key))
    default:
      // Python cannot look into the operand: every document raises.
      guard let elements = operand.pythonElements else { return .any([]) }
      member = .member(path, of: elements)
    }
    return name == .member ? member : .not(member)
  }
}
