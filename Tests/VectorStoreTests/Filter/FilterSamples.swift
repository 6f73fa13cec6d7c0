import VectorStore

/// A seeded generator (Steele, Lea and Flood 2014), so that random tests repeat exactly.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  mutating func list<Element>(upTo count: Int, _ make: (inout SplitMix64) throws -> Element) rethrows
    -> [Element]
  {
    try (0..<Int.random(in: 0...count, using: &self)).map { _ in try make(&self) }
  }
}

extension MetadataValue {
  private static let texts = [
    "", "a", "b", "ab", "AB", "a.b", "é", "e\u{301}", "ß", "😀", "two words", "\"quoted\"", "'", "`",
    "back\\slash",
    "line\nbreak", "\u{1b}[0m", "and", "true", "none", "3", "1e5", "2024-01-31", "-", "{", "$eq", "/x/",
    "\u{202e}",
  ]

  static func random(_ random: inout SplitMix64, depth: Int) -> MetadataValue {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2, 3: .int(random.pick([0, 1, 2, 3, -1, 10]))
    case 4: .float(random.pick([0.0, 1.0, 2.5, -0.5, 3.0, .infinity, 1e16, .leastNonzeroMagnitude]))
    case 5, 6, 7: .string(Text(random.pick(texts)))
    case 8, 9: .list(random.list(upTo: 3) { .random(&$0, depth: depth - 1) })
    case 10: .tuple(random.list(upTo: 3) { .random(&$0, depth: depth - 1) })
    default:
      .dictionary(
        Metadata(
          random.list(upTo: 3) { (.string(Text($0.pick(texts))), .random(&$0, depth: depth - 1)) }))
    }
  }
}

extension Metadata {
  static let keys = ["page", "lang", "tags", "two words", "not"]

  static func random(_ random: inout SplitMix64) -> Metadata {
    var pairs: [(MetadataValue, MetadataValue)] = []
    for key in keys where Int.random(in: 0..<4, using: &random) > 0 {
      pairs.append((.string(Text(key)), .random(&random, depth: 2)))
    }
    pairs.append(("nested", ["page": .random(&random, depth: 1)]))
    return Metadata(pairs)
  }
}

extension Filter.Expression {
  static func random(_ random: inout SplitMix64, depth: Int) throws -> Filter.Expression {
    if depth > 0 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: return .all(try random.list(upTo: 3) { try .random(&$0, depth: depth - 1) })
      case 2, 3: return .any(try random.list(upTo: 3) { try .random(&$0, depth: depth - 1) })
      case 4: return .not(try .random(&random, depth: depth - 1))
      default: break
      }
    }
    let path =
      Int.random(in: 0..<6, using: &random) == 0
      ? FieldPath(keys: ["nested", "page"]) : FieldPath(.string(Text(random.pick(Metadata.keys))))
    let value = MetadataValue.random(&random, depth: 2)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .truthy(path)
    case 1: return .exists(path)
    case 2:
      return .type(path, random.pick(["text", "int", "number", "none", "list", "tuple", "dict", "bool"]))
    case 3, 4, 5, 6: return .compare(path, random.pick(Comparison.allCases), value)
    case 7: return .member(path, of: random.list(upTo: 4) { .random(&$0, depth: 1) })
    case 8: return .within(path, Text(random.pick(["ab", "two words", "", "a.b 3"])))
    case 9: return .has(path, value)
    case 10: return .contains(path, value)
    default:
      let source = random.pick(["a", "^[ab]+$", "a/b", "a\\/b", "\\d", ".", "w.r", "\\\\"])
      return .regex(path, try RegexPattern(source, ignoresCase: Bool.random(using: &random)))
    }
  }
}
