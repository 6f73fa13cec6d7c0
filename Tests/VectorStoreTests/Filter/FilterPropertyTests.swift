import Testing
import VectorStore

/// Random filters over random metadata, held against a second evaluator that shares no code.
@Suite struct FilterPropertyTests {
  @Test func parsingWhatWasPrintedGivesTheSameFilter() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<3_000 {
      let filter = Filter(try .random(&random, depth: 4))
      #expect(try Filter(parsing: filter.description) == filter, "\(filter)")
    }
  }

  @Test func aSecondEvaluatorAgrees() throws {
    var random = SplitMix64(seed: 2)
    var matched = 0
    for _ in 0..<4_000 {
      let expression = try Filter.Expression.random(&random, depth: 3)
      let metadata = Metadata.random(&random)
      let answer = Filter(expression).matches(metadata)
      #expect(answer == naive(expression, metadata), "\(Filter(expression)) on \(metadata)")
      matched += answer ? 1 : 0
    }
    #expect((1_000...3_000).contains(matched), "the sample should have both answers: \(matched)")
  }

  @Test func theLangChainSpellingOfAFilterAnswersTheSame() throws {
    var random = SplitMix64(seed: 3)
    var translated = 0
    for _ in 0..<3_000 {
      let filter = Filter(try .random(&random, depth: 2))
      guard let dictionary = filter.langChain else { continue }
      translated += 1
      let written = try Filter(langChain: dictionary)
      let metadata = Metadata.random(&random)
      #expect(written.matches(metadata) == filter.matches(metadata), "\(filter) \(dictionary.json)")
      // Where LangChain answers at all, `not` over an order aside, it answers the same.
      if !filter.description.contains("not "), let strict = try? written.matchesAsLangChain(metadata) {
        #expect(strict == filter.matches(metadata), "\(filter)")
      }
    }
    #expect(translated > 300)
  }

  @Test func noTextMakesTheParserFailOtherwiseThanByItsError() {
    var random = SplitMix64(seed: 4)
    let pieces = [
      "page", "a.b", "`k`", "\"t\"", "'", "`", "/", "=~", "=", "<", ">=", "!", "~", "(", ")", "[", "]", ",",
      "{",
      "}", "{\"a\":", "not", "and", "or", "in", "exists", "is", "has", "3", "-", ".", "1e5", " ", "é",
      "\u{301}",
      "👩‍👧", "\\", "\u{0}", "$", "none", ":", "\r\n",
    ]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(pieces) }.joined()
      do {
        let filter = try Filter(parsing: text)
        #expect(try Filter(parsing: filter.description) == filter, "\(text.debugDescription)")
      } catch {
        let offset = error.offset ?? -1
        #expect((0...text.count).contains(offset), "\(text.debugDescription): \(error)")
      }
    }
  }
}

// MARK: - The second evaluator

private func naive(_ expression: Filter.Expression, _ metadata: Metadata) -> Bool {
  func find(_ path: FieldPath) -> MetadataValue? {
    var value = MetadataValue.dictionary(metadata)
    for key in path.keys {
      guard case .dictionary(let content) = value, let next = content[key] else { return nil }
      value = next
    }
    return value
  }
  switch expression {
  case .all(let parts): return parts.reduce(true) { $0 && naive($1, metadata) }
  case .any(let parts): return parts.reduce(false) { $0 || naive($1, metadata) }
  case .not(let part): return !naive(part, metadata)
  case .exists(let path): return find(path) != nil
  case .truthy(let path):
    switch find(path) {
    case nil, .null?, false?, 0?, .float(0)?, ""?, []?, .tuple([])?, .dictionary([:])?: return false
    default: return true
    }
  case .type(let path, let name):
    let own = (find(path) ?? .null).typeName
    return own == name || name == "number" && ["int", "float"].contains(own)
  case .compare(let path, let comparison, let literal):
    return naive(find(path) ?? .null, comparison, literal)
  case .member(let path, let literals):
    return literals.map { naive(find(path) ?? .null, .equal, $0) }.contains(true)
  case .within(let path, let text):
    guard case .string(let own)? = find(path) else { return false }
    return own.string.isEmpty
      || text.string.split(separator: own.string, omittingEmptySubsequences: false).count > 1
  case .has(let path, let literal):
    switch find(path) {
    case .list(let elements)?, .tuple(let elements)?:
      return elements.map { naive($0, .equal, literal) }.contains(true)
    case .dictionary(let content)?:
      return content.entries.map { naive($0.key, .equal, literal) }.contains(true)
    default: return false
    }
  case .contains(let path, let literal):
    let needle = if case .string(let text) = literal { text.string } else { literal.json }
    func finds(_ text: Text) -> Bool {
      needle.isEmpty || text.string.uppercased().contains(needle.uppercased())
    }
    switch find(path) {
    case .string(let text)?: return finds(text)
    case .list(let elements)?, .tuple(let elements)?:
      return elements.contains { element in
        if case .string(let text) = element, finds(text) { return true }
        return naive(element, .equal, literal)
      }
    default: return false
    }
  case .regex(let path, let pattern):
    switch find(path) {
    case .string(let text)?: return pattern.matches(text.string)
    case .list(let elements)?, .tuple(let elements)?:
      return elements.contains {
        if case .string(let text) = $0 { pattern.matches(text.string) } else { false }
      }
    default: return false
    }
  }
}

private func naive(_ a: MetadataValue, _ comparison: Comparison, _ b: MetadataValue) -> Bool {
  if comparison == .notEqual { return !naive(a, .equal, b) }
  let standing: Int?
  switch (number(a), number(b)) {
  case (let x?, let y?): standing = x < y ? -1 : x > y ? 1 : x == y ? 0 : nil
  default:
    switch (a, b) {
    case (.null, .null): standing = comparison == .equal ? 0 : nil
    case (.string(let x), .string(let y)):
      let (p, q) = (x.string.unicodeScalars.map(\.value), y.string.unicodeScalars.map(\.value))
      standing = p == q ? 0 : p.lexicographicallyPrecedes(q) ? -1 : 1
    case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
      if let place = zip(x, y).map({ naive($0, .equal, $1) }).firstIndex(of: false) {
        return comparison != .equal && naive(x[place], comparison, y[place])
      }
      standing = x.count < y.count ? -1 : x.count > y.count ? 1 : 0
    case (.dictionary(let x), .dictionary(let y)):
      let same =
        x.count == y.count
        && x.entries.allSatisfy { e in y[e.key].map { naive($0, .equal, e.value) } ?? false }
      return comparison == .equal && same
    default: return false
    }
  }
  switch (comparison, standing) {
  case (_, nil): return false
  case (.equal, let s?): return s == 0
  case (.less, let s?): return s < 0
  case (.lessOrEqual, let s?): return s <= 0
  case (.greater, let s?): return s > 0
  case (.greaterOrEqual, let s?): return s >= 0
  case (.notEqual, _): return false
  }
}

/// Small integers only, so that a double holds them.
private func number(_ value: MetadataValue) -> Double? {
  switch value {
  case .bool(let truth): truth ? 1 : 0
  case .int(let number): Double(number)
  case .float(let number): number
  default: nil
  }
}
