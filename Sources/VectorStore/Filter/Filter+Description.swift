extension Filter {
  /// The filter in Fathom's language, one spelling for each meaning.
  ///
  /// Parsing it gives the same `expression`; LangChain's errors and ignored siblings are lost in it, and
  /// ``langChain`` keeps them.
  public var description: String { expression.spelling(within: .any) }

  /// What a document has under the keys that the filter asks about: "page is 2, there is no lang".
  public func evidence(in metadata: Metadata) -> String {
    var seen: Set<FieldPath> = []
    return expression.paths.filter { seen.insert($0).inserted }.map { path in
      path.value(in: metadata).map { "\(path.spelling) is \($0.filterSpelling)" }
        ?? "there is no \(path.spelling)"
    }.joined(separator: ", ")
  }
}

extension Filter.Expression {
  /// What surrounds a condition, loosest first; one that binds looser than its surroundings needs
  /// parentheses.
  fileprivate enum Surroundings: Int, Comparable {
    case any, all, not

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  fileprivate func spelling(within surroundings: Surroundings) -> String {
    switch self {
    case .all([]): return "true"
    case .any([]): return "false"
    case .all(let parts):
      let text = parts.map { $0.spelling(within: .all) }.joined(separator: " and ")
      return surroundings > .all && parts.count > 1 ? "(\(text))" : text
    case .any(let parts):
      let text = parts.map { $0.spelling(within: .any) }.joined(separator: " or ")
      return surroundings > .any && parts.count > 1 ? "(\(text))" : text
    case .not(let part): return part.negatedSpelling ?? "not \(part.spelling(within: .not))"
    default: return test(negated: false) ?? ""
    }
  }

  /// `key not in …` and its like; nil where `not` stands in front.
  private var negatedSpelling: String? {
    switch self {
    case .member, .within, .has, .contains, .regex, .type: test(negated: true)
    default: nil
    }
  }

  /// A test of one key; nil for what is made of other conditions.
  private func test(negated: Bool) -> String? {
    let not = negated ? "not " : ""
    return switch self {
    case .all, .any, .not: nil
    case .truthy(let path): path.spelling
    case .exists(let path): "exists \(path.spelling)"
    case .type(let path, let name): "\(path.spelling) is \(not)\(name)"
    case .compare(let path, let comparison, let literal):
      "\(path.spelling) \(comparison.rawValue) \(literal.filterSpelling)"
    case .member(let path, let literals):
      "\(path.spelling) \(not)in \(MetadataValue.list(literals).filterSpelling)"
    case .within(let path, let text):
      "\(path.spelling) \(not)in \(MetadataValue.string(text).json)"
    case .has(let path, let literal): "\(path.spelling) \(not)has \(literal.filterSpelling)"
    case .contains(let path, let literal): "\(path.spelling) \(not)~ \(literal.filterSpelling)"
    case .regex(let path, let pattern): "\(path.spelling) \(not)=~ \(pattern.spelling)"
    }
  }
}

extension FieldPath {
  /// The path as the filter language writes it, in backquotes where a key is not a plain word.
  public var spelling: String {
    keys.map { key in
      guard case .string(let text) = key, text.exact == nil else { return "[\(key.filterSpelling)]" }
      if FilterWord.isPlainKey(text.string) { return text.string }
      let escaped = String(text.string.quotedForMessage.unicodeScalars.dropFirst().dropLast())
      return "`\(escaped.escaping("`"))`"
    }.joined(separator: ".")
  }
}

extension MetadataValue {
  /// The value as the filter language writes it.
  public var filterSpelling: String {
    switch self {
    case .null: "none"
    case .int(let number): String(number)
    case .float(let number) where number.isFinite: number.description
    case .foreign(let number) where number.kind == "int": number.summary
    case .list(let elements): "[\(elements.map(\.filterSpelling).joined(separator: ", "))]"
    default: json
    }
  }
}

extension RegexPattern {
  /// The pattern between slashes, with its flag.
  fileprivate var spelling: String {
    "/\(source.escaping("/"))/\(ignoresCase ? "i" : "")"
  }
}

extension String {
  /// With a backslash before each `mark`, be it one that a combining character follows.
  fileprivate func escaping(_ mark: Unicode.Scalar) -> String {
    var text = UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar == mark { text.append("\\") }
      text.append(scalar)
    }
    return String(text)
  }
}
