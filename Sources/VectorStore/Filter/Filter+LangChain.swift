extension Filter {
  /// The filter as a LangChain dictionary: as written, or the one of the same meaning.
  ///
  /// nil when LangChain has no words for it (`~`, `=~`, `exists`, dotted keys, …). Where `matches` is
  /// merely false, LangChain raises a TypeError.
  public var langChain: MetadataValue? {
    if let langChainForm { return .dictionary(langChainForm.dictionary) }
    guard let dictionary = expression.langChain else { return nil }
    // At the top level LangChain takes "$foo" for an operator, below it for a field.
    if case .string(let key)? = dictionary.entries.first?.key, key.string.hasPrefix("$"),
      !["$and", "$or", "$not"].contains(key.string)
    {
      return ["$and": [.dictionary(dictionary)]]
    }
    return .dictionary(dictionary)
  }
}

extension Filter.Expression {
  fileprivate var langChain: Metadata? {
    switch self {
    case .all(let parts):
      return Self.langChain(parts).map { $0.isEmpty ? [:] : ["$and": .list($0)] }
    case .any(let parts):
      return Self.langChain(parts).map { ["$or": .list($0)] }
    case .not(.member(let path, let literals)):
      return Self.langChain(path, "$nin", .list(literals))
    case .not(let part):
      return part.langChain.map { ["$not": .dictionary($0)] }
    case .compare(let path, .equal, let literal):
      return Self.langChain(path, nil, literal)
    case .compare(let path, let comparison, let literal):
      let name = LangChainFilter.Operator.allCases.first { $0.comparison == comparison }
      return Self.langChain(path, name?.rawValue, literal)
    case .member(let path, let literals):
      return Self.langChain(path, "$in", .list(literals))
    case .within(let path, let text):
      return Self.langChain(path, "$in", .string(text))
    case .truthy, .exists, .type, .has, .contains, .regex:
      return nil
    }
  }

  private static func langChain(_ parts: [Filter.Expression]) -> [MetadataValue]? {
    let dictionaries = parts.compactMap { $0.langChain.map(MetadataValue.dictionary) }
    return dictionaries.count == parts.count ? dictionaries : nil
  }

  private static func langChain(
    _ path: FieldPath, _ name: String?, _ operand: MetadataValue
  ) -> Metadata? {
    guard path.keys.count == 1, case .string(let key) = path.keys[0],
      !["$and", "$or", "$not"].contains(key.string)
    else { return nil }
    if let name { return Metadata([(.string(key), .dictionary(Metadata([(.string(Text(name)), operand)])))]) }
    switch operand {
    case .list, .dictionary:
      // Bare, LangChain would read them as "one of" and as operators.
      return Metadata([(.string(key), ["$eq": operand])])
    default:
      return Metadata([(.string(key), operand)])
    }
  }
}
