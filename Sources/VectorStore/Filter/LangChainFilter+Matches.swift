extension LangChainFilter {
  /// What the filter function answers for a document's metadata.
  ///
  /// - Throws: ``FilterError`` of code `type` where Python raises a TypeError; as in Python only if the
  ///   answer was not settled before.
  func matches(_ metadata: Metadata) throws(FilterError) -> Bool {
    try root.matches(metadata)
  }
}

extension LangChainFilter.Node {
  fileprivate func matches(_ metadata: Metadata) throws(FilterError) -> Bool {
    switch self {
    case .all(let parts):
      for part in parts where try !part.matches(metadata) { return false }
      return true
    case .any(let parts):
      for part in parts where try part.matches(metadata) { return true }
      return false
    case .not(let part):
      return try !part.matches(metadata)
    case .field(let key, let condition):
      return try condition.holds(for: metadata.pythonValue(of: key) ?? .null)
    }
  }
}

extension LangChainFilter.Condition {
  fileprivate func holds(for value: MetadataValue) throws(FilterError) -> Bool {
    switch self {
    case .operators(let operations):
      for operation in operations where try !operation.holds(for: value) { return false }
      return true
    case .list(let elements):
      return elements.contains { value.isPythonEqual(to: $0) }
    case .frozenset(let elements):
      return try value.isIn(hashed: elements)
    case .equals(let other):
      return value.isPythonEqual(to: other)
    }
  }
}

extension LangChainFilter.Operation {
  fileprivate func holds(for value: MetadataValue) throws(FilterError) -> Bool {
    if let comparison = name.comparison { return try value.satisfies(comparison, operand) }
    return try value.isIn(operand) == (name == .member)
  }
}

extension MetadataValue {
  /// Python's `self in container`.
  fileprivate func isIn(_ container: MetadataValue) throws(FilterError) -> Bool {
    switch container {
    case .string(let text):
      guard case .string(let own) = plain else {
        throw FilterError(
          code: .type,
          message: "'in <string>' requires string as left operand, not \(pythonTypeName)")
      }
      return text.utf8.contains(sequence: own.utf8)
    case .dictionary(let content):
      try FilterError.checkHashable(self)
      return content.pythonValue(of: self) != nil
    case .foreign(let value) where value.kind == "set" || value.kind == "frozenset":
      return try isIn(hashed: container.pythonElements ?? [])
    default:
      guard let elements = container.pythonElements else { throw FilterError.notIterable(container) }
      return elements.contains { isPythonEqual(to: $0) }
    }
  }

  /// Python's `self in frozenset(elements)`.
  ///
  /// A set is looked up as the frozenset of it; anything else unhashable raises.
  fileprivate func isIn(hashed elements: [MetadataValue]) throws(FilterError) -> Bool {
    if typeName != "set" { try FilterError.checkHashable(self) }
    return elements.contains { isPythonEqual(to: $0) }
  }
}
