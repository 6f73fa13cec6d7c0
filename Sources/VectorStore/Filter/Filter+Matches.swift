extension Filter {
  /// Whether a document with this metadata passes; never fails.
  ///
  /// Where Python would raise a TypeError (an order asked of none or of another type), the comparison does
  /// not hold. A missing key reads as none.
  public func matches(_ metadata: Metadata) -> Bool {
    expression.holds(for: metadata)
  }

  /// What LangChain's filter answers for this metadata, its errors included.
  ///
  /// A filter in Fathom's language has no LangChain form and answers as ``matches(_:)``.
  ///
  /// - Throws: ``FilterError`` of code `type` where Python raises a TypeError.
  public func matchesAsLangChain(_ metadata: Metadata) throws(FilterError) -> Bool {
    guard let langChainForm else { return matches(metadata) }
    return try langChainForm.matches(metadata)
  }
}

extension Filter.Expression {
  func holds(for metadata: Metadata) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(for: metadata) }
    case .any(let parts): parts.contains { $0.holds(for: metadata) }
    case .not(let part): !part.holds(for: metadata)
    default: holds(path?.value(in: metadata))
    }
  }

  /// The key that a question is about; nil for what joins questions.
  var path: FieldPath? {
    switch self {
    case .all, .any, .not: nil
    case .truthy(let path), .exists(let path), .type(let path, _), .compare(let path, _, _),
      .member(let path, _), .within(let path, _), .has(let path, _), .contains(let path, _),
      .regex(let path, _):
      path
    }
  }

  /// What a question about one key answers for its value; nil where the key is missing.
  func holds(_ value: MetadataValue?) -> Bool {
    switch self {
    case .all, .any, .not: false
    case .truthy: value?.isTruthy ?? false
    case .exists: value != nil
    case .type(_, let name): (value ?? .null).isOfType(name)
    case .compare(_, let comparison, let literal): (value ?? .null).holds(comparison, literal)
    case .member(_, let literals): Self.isMember(value ?? .null, of: literals)
    case .within(_, let text): value?.isWithin(text) ?? false
    case .has(_, let literal): value?.has(literal) ?? false
    case .contains(_, let literal): value?.contains(literal) ?? false
    case .regex(_, let pattern): value?.matches(pattern) ?? false
    }
  }

  private static func isMember(_ value: MetadataValue, of literals: [MetadataValue]) -> Bool {
    literals.contains { value.holds(.equal, $0) }
  }
}

extension MetadataValue {
  /// Python's comparison, or false where Python has none; a text literal compares with a moment by its
  /// ISO spelling.
  fileprivate func holds(_ comparison: Comparison, _ literal: MetadataValue) -> Bool {
    if case .foreign(let value) = self, case .string(let text) = literal,
      let moment = PythonMoment(value)
    {
      guard let standing = moment.standing(toLiteral: text.string) else { return comparison == .notEqual }
      return comparison.holds(standing)
    }
    return (try? satisfies(comparison, literal)) ?? false
  }

  /// Python's truth of a value.
  var isTruthy: Bool {
    switch plain {
    case .null: return false
    case .bool(let truth): return truth
    case .int(let number): return number != 0
    case .float(let number): return number != 0
    case .string(let text): return !text.string.isEmpty
    case .list(let elements), .tuple(let elements): return !elements.isEmpty
    case .dictionary(let content): return !content.isEmpty
    case .foreign(let value):
      if let number = PythonNumber(self) { return number.standing(to: .int(0)) != .equal }
      if let elements = pythonElements { return !elements.isEmpty }
      return value.fields["hex"] != "" && value.fields["items"] != []
    }
  }

  fileprivate func isOfType(_ name: String) -> Bool {
    if name == "number" { return typeName == "int" || typeName == "float" }
    return typeName == name
  }

  fileprivate func isWithin(_ text: Text) -> Bool {
    guard case .string(let own) = plain else { return false }
    return text.utf8.contains(sequence: own.utf8)
  }

  fileprivate func has(_ literal: MetadataValue) -> Bool {
    if case .dictionary(let content) = self { return content.pythonValue(of: literal) != nil }
    return pythonElements?.contains { $0.holds(.equal, literal) } ?? false
  }

  fileprivate func contains(_ literal: MetadataValue) -> Bool {
    if case .string(let text) = plain { return text.string.containsIgnoringCase(literal.typedText) }
    return pythonElements?.contains { element in
      if case .string(let text) = element.plain, text.string.containsIgnoringCase(literal.typedText) {
        return true
      }
      return element.holds(.equal, literal)
    } ?? false
  }

  /// A literal as the person typed it, for looking it up in text: `2024` finds "in 2024".
  private var typedText: String {
    switch self {
    case .string(let text): text.string
    case .foreign(let value): value.summary
    default: json
    }
  }

  fileprivate func matches(_ pattern: RegexPattern) -> Bool {
    if case .string(let text) = plain { return pattern.matches(text.string) }
    return pythonElements?.contains { element in
      if case .string(let text) = element.plain { pattern.matches(text.string) } else { false }
    } ?? false
  }
}

extension String {
  fileprivate func containsIgnoringCase(_ needle: String) -> Bool {
    Array(lowercased().utf8).contains(sequence: Array(needle.lowercased().utf8))
  }
}

extension [UInt8] {
  /// Whether the bytes of `needle` stand somewhere in here, one after the other.
  func contains(sequence needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    guard needle.count <= count else { return false }
    return withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        for start in 0...(bytes.count - needle.count) where bytes[start] == first {
          if (1..<needle.count).allSatisfy({ bytes[start + $0] == needle[$0] }) { return true }
        }
        return false
      }
    }
  }
}
