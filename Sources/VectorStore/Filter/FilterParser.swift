/// Reads Fathom's filter language by recursive descent.
///
///     or         = and { ("or" | "||") and }
///     and        = not { ("and" | "&&") not }
///     not        = ("not" | "!") not | "(" or ")" | "true" | "false" | "exists" key | key [test]
///     test       = comparison value | ["not"] "in" (list | text) | ["not"] ("~" | "has") value
///                | ["not"] "=~" /regex/i | "is" ["not"] type
///     key        = part { "." part }         part  = word | `quoted` | [value]
///     value      = number | "text" | word | true | false | none | list | {JSON object}
struct FilterParser {
  private var lexer: FilterLexer
  private var token: FilterToken = .end
  private var start: String.Index
  private var depth = 0

  /// Conditions and lists nested deeper are refused, so that no text can exhaust the stack.
  private static let depthLimit = 200

  init(_ text: String) throws(FilterError) {
    lexer = FilterLexer(text)
    start = text.startIndex
    try advance()
  }

  mutating func wholeFilter() throws(FilterError) -> Filter.Expression {
    let expression = try disjunction()
    guard token == .end else {
      let isStray = token == .symbol(.closeParenthesis)
      throw failure(isStray ? "this ) has no (" : "and, or or the end is expected")
    }
    return expression
  }

  // MARK: Conditions

  private mutating func disjunction() throws(FilterError) -> Filter.Expression {
    var parts = [try conjunction()]
    while try take("or", .or) { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterError) -> Filter.Expression {
    var parts = [try negation()]
    while try take("and", .and) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(FilterError) -> Filter.Expression {
    try descend()
    defer { depth -= 1 }
    if try take("not", .not) { return .not(try negation()) }
    if try take(.openParenthesis) {
      let inner = try disjunction()
      guard try take(.closeParenthesis) else { throw failure("and, or or ) is expected") }
      return inner
    }
    if try take("true") { return .all([]) }
    if try take("false") { return .any([]) }
    if try take("exists") { return .exists(try key(after: " after exists")) }
    return try condition()
  }

  private mutating func condition() throws(FilterError) -> Filter.Expression {
    let keyStart = start
    let isBracketed = token == .symbol(.openBracket)
    let path = try key(after: "")
    if let comparison = try takeComparison() {
      return .compare(path, comparison.meaning, try value(after: comparison.spelling))
    }
    if try take("is") {
      let isNegated = try take("not")
      let test = Filter.Expression.type(path, try typeName())
      return isNegated ? .not(test) : test
    }
    if try take("not") {
      guard let test = try membership(path) else { throw failure("in, has, ~ or =~ is expected after not") }
      return .not(test)
    }
    if let test = try membership(path) { return test }
    guard endsCondition else { throw failure("an operator is expected: = != < <= > >= in ~ =~ has is") }
    guard !isBracketed else {
      throw lexer.failure("a condition is expected, such as page >= 3", at: keyStart)
    }
    return .truthy(path)
  }

  private mutating func membership(_ path: FieldPath) throws(FilterError) -> Filter.Expression? {
    if try take("in") {
      if let text = try takeText() { return .within(path, text) }
      guard token == .symbol(.openBracket) else {
        throw failure("a list such as [1, 2] is expected after in")
      }
      return .member(path, of: try list())
    }
    if try take("has") { return .has(path, try value(after: "has")) }
    if try take(.contains) { return .contains(path, try value(after: "~")) }
    if try take(.matches) { return .regex(path, try pattern()) }
    return nil
  }

  private mutating func takeComparison() throws(FilterError) -> (meaning: Comparison, spelling: String)? {
    guard case .symbol(let symbol) = token else { return nil }
    let comparison: Comparison? =
      switch symbol {
      case .equalTwice: .equal
      case .unequal: .notEqual
      default: Comparison(rawValue: symbol.rawValue)
      }
    guard let comparison else { return nil }
    try advance()
    return (comparison, symbol.rawValue)
  }

  /// True where a key may stand alone.
  private var endsCondition: Bool {
    switch token {
    case .end, .symbol(.closeParenthesis), .symbol(.and), .symbol(.or): true
    case .word(let word): ["and", "or"].contains(word.lowercased())
    default: false
    }
  }

  // MARK: Keys

  private mutating func key(after place: String) throws(FilterError) -> FieldPath {
    var keys = try keyPart(after: place)
    while try take(.dot) { keys += try keyPart(after: " after the dot") }
    return FieldPath(keys: keys)
  }

  private mutating func keyPart(after place: String) throws(FilterError) -> [MetadataValue] {
    switch token {
    case .word(let word):
      let name = word.lowercased()
      if FilterWord.reserved.contains(name) || FilterWord.constants[name] != nil
        || FilterWord.number(word) != nil
      {
        throw failure("a key is expected\(place); a key named \(word) is written `\(word)`")
      }
      try advance()
      return word.split(separator: ".", omittingEmptySubsequences: false).map { .string(Text(String($0))) }
    case .quotedKey(let text):
      try advance()
      return [.string(text)]
    case .text(let text):
      // "a key" = 1 reads well enough to be allowed where an operator follows.
      let keyStart = start
      try advance()
      guard !endsCondition else {
        throw lexer.failure("a condition is expected, not a text alone", at: keyStart)
      }
      return [.string(text)]
    case .symbol(.openBracket):
      let keyStart = start
      let elements = try list()
      guard elements.count == 1, elements[0].unhashablePart == nil else {
        throw lexer.failure("a condition is expected, such as page >= 3", at: keyStart)
      }
      return elements
    default:
      throw failure(
        place.isEmpty ? "a condition is expected, such as page >= 3" : "a key is expected\(place)")
    }
  }

  // MARK: Values

  /// A text in quotes, or tagged where quotes cannot hold it.
  private mutating func takeText() throws(FilterError) -> Text? {
    switch token {
    case .text(let text), .object(.string(let text)):
      try advance()
      return text
    default: return nil
    }
  }

  private mutating func value(after place: String) throws(FilterError) -> MetadataValue {
    switch token {
    case .word(let word) where !FilterWord.reserved.contains(word.lowercased()):
      try advance()
      if let constant = FilterWord.constants[word.lowercased()] { return constant }
      return FilterWord.number(word) ?? .string(Text(word))
    case .text(let text):
      try advance()
      return .string(text)
    case .object(let value):
      try advance()
      return value
    case .symbol(.openBracket):
      return .list(try list())
    case .word(let word):
      throw failure("a value is expected after \(place); the text \(word) is written \"\(word)\"")
    default:
      throw failure("a value is expected after \(place)")
    }
  }

  private mutating func list() throws(FilterError) -> [MetadataValue] {
    try descend()
    defer { depth -= 1 }
    try advance()
    var elements: [MetadataValue] = []
    if try take(.closeBracket) { return elements }
    while true {
      elements.append(try value(after: elements.isEmpty ? "[" : ","))
      if try take(.closeBracket) { return elements }
      guard try take(.comma) else { throw failure("a comma or ] is expected in the list") }
    }
  }

  private mutating func pattern() throws(FilterError) -> RegexPattern {
    let patternStart = start
    let source: String
    var ignoresCase = false
    switch token {
    case .regex(let written, let flags):
      guard flags.isEmpty || flags == "i" else {
        throw failure("the only flag of an expression is i, not \(flags)")
      }
      source = written
      ignoresCase = flags == "i"
    case .text(let text): source = text.string
    default: throw failure("a regular expression such as /abc/ is expected after =~")
    }
    try advance()
    do {
      return try RegexPattern(source, ignoresCase: ignoresCase)
    } catch {
      throw lexer.failure(error.message, at: patternStart)
    }
  }

  private mutating func typeName() throws(FilterError) -> String {
    guard case .word(let word) = token, !FilterWord.reserved.contains(word.lowercased()),
      FilterWord.number(word) == nil
    else { throw failure("a type is expected after is: text, int, float, number, bool, none, list, …") }
    try advance()
    return FilterWord.type(word)
  }

  // MARK: Tokens

  private mutating func advance() throws(FilterError) {
    (token, start) = try lexer.next()
  }

  private mutating func take(_ symbol: FilterSymbol) throws(FilterError) -> Bool {
    guard token == .symbol(symbol) else { return false }
    try advance()
    return true
  }

  /// Takes a word of the grammar in any case, or the mark that stands for it.
  private mutating func take(_ word: String, _ symbol: FilterSymbol? = nil) throws(FilterError) -> Bool {
    switch token {
    case .word(let found) where found.lowercased() == word: break
    case .symbol(let found) where found == symbol: break
    default: return false
    }
    try advance()
    return true
  }

  private mutating func descend() throws(FilterError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw failure("nested deeper than \(Self.depthLimit)") }
  }

  private func failure(_ message: String) -> FilterError {
    lexer.failure(message, at: start)
  }
}
