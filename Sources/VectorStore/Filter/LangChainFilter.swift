/// A filter dictionary as LangChain's FAISS store builds it, shape and quirks kept.
///
/// The corresponding function is `FAISS._create_filter_func` of langchain-community.
struct LangChainFilter: Sendable, Hashable {
  /// The dictionary as it was written.
  let dictionary: Metadata
  let root: Node

  indirect enum Node: Sendable, Hashable {
    case all([Node])
    case any([Node])
    case not(Node)
    case field(MetadataValue, Condition)
  }

  enum Condition: Sendable, Hashable {
    /// Every operator holds; of none: always.
    case operators([Operation])
    /// A list of at most ten: Python's `in` over the list.
    case list([MetadataValue])
    /// A longer list, which LangChain makes a frozenset of: unhashable values raise.
    case frozenset([MetadataValue])
    case equals(MetadataValue)
  }

  struct Operation: Sendable, Hashable {
    var name: Operator
    var operand: MetadataValue
  }

  enum Operator: String, Sendable, Hashable, CaseIterable {
    case equal = "$eq"
    case notEqual = "$neq"
    case greater = "$gt"
    case less = "$lt"
    case greaterOrEqual = "$gte"
    case lessOrEqual = "$lte"
    case member = "$in"
    case notMember = "$nin"

    /// nil for the two that look into a sequence.
    var comparison: Comparison? {
      switch self {
      case .equal: .equal
      case .notEqual: .notEqual
      case .greater: .greater
      case .less: .less
      case .greaterOrEqual: .greaterOrEqual
      case .lessOrEqual: .lessOrEqual
      case .member, .notMember: nil
      }
    }
  }

  /// Lists longer than this are hashed (`SET_CONVERT_THRESHOLD`).
  private static let frozensetThreshold = 10

  /// - Throws: ``FilterError`` with LangChain's or Python's words where building the filter raises.
  init(_ value: MetadataValue) throws(FilterError) {
    guard case .dictionary(let dictionary) = value else {
      throw FilterError(
        code: .type,
        message: "filter must be a dict of metadata or a callable, not <class '\(value.pythonTypeName)'>")
    }
    self.dictionary = dictionary
    // Only the top level is checked for unknown operators; below it "$foo" is a field name.
    for entry in dictionary.entries where entry.key.isTruthy {
      guard case .string(let name) = entry.key else {
        throw FilterError.noAttribute("startswith", entry.key)
      }
      if name.string.hasPrefix("$"), Operator(rawValue: name.string) == nil,
        !["$and", "$or", "$not"].contains(name.string)
      {
        throw FilterError.unsupportedOperator(name.string)
      }
    }
    root = try Self.node(value)
  }

  private static func node(_ value: MetadataValue) throws(FilterError) -> Node {
    guard case .dictionary(let content) = value else { throw notADictionary(value) }
    if let operand = content["$and"] { return .all(try nodes(in: operand)) }
    if let operand = content["$or"] { return .any(try nodes(in: operand)) }
    if let operand = content["$not"] { return .not(try node(operand)) }
    var conditions: [Node] = []
    for entry in content.entries {
      conditions.append(.field(entry.key, try condition(entry.value)))
    }
    return .all(conditions)
  }

  /// What Python iterates over below `$and` and `$or`: the characters of a text, the keys of a dict.
  private static func nodes(in operand: MetadataValue) throws(FilterError) -> [Node] {
    let parts: [MetadataValue]
    switch operand {
    case .string(let text): parts = text.string.unicodeScalars.map { .string(Text(String($0))) }
    case .dictionary(let content): parts = content.entries.map(\.key)
    default:
      guard let elements = operand.pythonElements else {
        throw FilterError(code: .type, message: "'\(operand.pythonTypeName)' object is not iterable")
      }
      parts = elements
    }
    var nodes: [Node] = []
    for part in parts { nodes.append(try node(part)) }
    return nodes
  }

  private static func condition(_ value: MetadataValue) throws(FilterError) -> Condition {
    switch value {
    case .dictionary(let content):
      var operations: [Operation] = []
      for entry in content.entries {
        guard case .string(let name) = entry.key, let known = Operator(rawValue: name.string) else {
          throw FilterError.unsupportedOperator(entry.key.pythonText)
        }
        operations.append(Operation(name: known, operand: entry.value))
      }
      return .operators(operations)
    case .list(let elements) where elements.count > frozensetThreshold:
      for element in elements { try FilterError.checkHashable(element) }
      return .frozenset(elements)
    case .list(let elements): return .list(elements)
    default: return .equals(value)
    }
  }

  /// Python asks `"$and" in value` first, then for its items; which of the two fails depends on the type.
  private static func notADictionary(_ value: MetadataValue) -> FilterError {
    if case .string(let text) = value, ["$and", "$or", "$not"].contains(where: text.string.contains) {
      return FilterError(code: .type, message: "string indices must be integers, not 'str'")
    }
    guard value.pythonElements != nil || value.typeName == "text" else { return .notIterable(value) }
    return .noAttribute("items", value)
  }
}

extension FilterError {
  fileprivate static func unsupportedOperator(_ name: String) -> FilterError {
    FilterError(code: .unsupportedOperator, message: "filter contains unsupported operator: \(name)")
  }

  fileprivate static func noAttribute(_ attribute: String, _ value: MetadataValue) -> FilterError {
    FilterError(
      code: .type, message: "'\(value.pythonTypeName)' object has no attribute '\(attribute)'")
  }

  static func notIterable(_ value: MetadataValue) -> FilterError {
    FilterError(code: .type, message: "argument of type '\(value.pythonTypeName)' is not iterable")
  }

  static func checkHashable(_ value: MetadataValue) throws(FilterError) {
    guard let part = value.unhashablePart else { return }
    throw FilterError(code: .type, message: "unhashable type: '\(part.pythonTypeName)'")
  }
}

extension MetadataValue {
  /// Python's `str` of a scalar key.
  fileprivate var pythonText: String {
    switch self {
    case .null: "None"
    case .bool(let truth): truth ? "True" : "False"
    case .string(let text): text.string
    case .foreign(let value): value.summary
    default: json
    }
  }
}
