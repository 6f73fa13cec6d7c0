/// What BERT's normaliser makes of each Unicode scalar: cleaned, decomposed, without accents, in
/// lower case.
///
/// Marks that stay are not brought into canonical order: none is part of a piece of the vocabulary,
/// so that their words are unknown in any order.
struct ScalarRules: Sendable {
  static let bert = ScalarRules()

  /// What happens to a scalar.
  struct Rule: Equatable, Sendable {
    enum Kind: UInt32 {
      /// Becomes part of a word.
      case keep
      /// Vanishes, without ending the word.
      case drop
      /// Ends the word and vanishes.
      case separate
      /// Ends the word and is one by itself.
      case isolate
      /// Becomes several scalars, each with a rule of its own.
      case expand
      /// Becomes two or three jamo.
      case decomposeHangul
    }

    fileprivate var bits: UInt32

    fileprivate init(_ kind: Kind, payload: UInt32 = 0) {
      bits = kind.rawValue | payload << 3
    }

    var kind: Kind { Kind(rawValue: bits & 7) ?? .keep }

    /// For `.keep` and `.isolate` the scalar that takes the place, or 0 when it stays itself; for
    /// `.expand` the index in ``ScalarRules/expansions``.
    var payload: UInt32 { bits >> 3 }
  }

  /// The scalars that take the place of one, by the payload of its rule.
  private(set) var expansions: [[UInt32]] = []

  /// For each 256 scalars the index of their page in `rules`.
  ///
  /// The first pages are uniform, one for each kind, and shared.
  private var pages: [UInt16]
  private var rules: [Rule] = []

  private static let pageSize: UInt32 = 256
  private static let uniformPages: UInt16 = 6

  private init() {
    pages = Array(repeating: 0, count: 0x11_0000 / Int(Self.pageSize))
    for kind in 0..<UInt32(Self.uniformPages) {
      let rule = Rule(Rule.Kind(rawValue: kind) ?? .keep)
      rules += Array(repeating: rule, count: Int(Self.pageSize))
    }
    apply(.drop, to: Tables.dropped)
    apply(.separate, to: Tables.separators)
    apply(.isolate, to: Tables.ideographs)
    apply(.isolate, to: Tables.punctuation)
    set(.decomposeHangul, from: Hangul.first, through: Hangul.last)
    applyReplacements()
  }

  /// The rule of a scalar value, below 0x110000.
  @inline(__always)
  subscript(scalar: UInt32) -> Rule {
    rules[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 255)]
  }

  private mutating func apply(_ kind: Rule.Kind, to table: StaticString) {
    var scanner = RecordScanner(table)
    while let record = scanner.next() { set(kind, from: record.first, through: record.last) }
  }

  private mutating func applyReplacements() {
    var scanner = RecordScanner(Tables.replacements)
    while let record = scanner.next() {
      var target = record.targets[0]
      for source in stride(from: record.first, through: record.last, by: Int(record.step)) {
        if record.targets.count == 1 {
          let kind: Rule.Kind = self[target].kind == .isolate ? .isolate : .keep
          write(Rule(kind, payload: target), at: source)
        } else {
          write(Rule(.expand, payload: UInt32(expansions.count)), at: source)
          expansions.append(record.targets)
        }
        target += record.targetStep
      }
    }
  }

  private mutating func set(_ kind: Rule.Kind, from first: UInt32, through last: UInt32) {
    var scalar = first
    while scalar <= last {
      if scalar % Self.pageSize == 0, scalar + Self.pageSize - 1 <= last {
        pages[Int(scalar / Self.pageSize)] = UInt16(kind.rawValue)
        scalar += Self.pageSize
      } else {
        write(Rule(kind), at: scalar)
        scalar += 1
      }
    }
  }

  private mutating func write(_ rule: Rule, at scalar: UInt32) {
    let page = Int(scalar / Self.pageSize)
    if pages[page] < Self.uniformPages {
      let shared = Int(pages[page]) * Int(Self.pageSize)
      pages[page] = UInt16(rules.count / Int(Self.pageSize))
      rules += rules[shared..<shared + Int(Self.pageSize)]
    }
    rules[Int(pages[page]) * Int(Self.pageSize) + Int(scalar % Self.pageSize)] = rule
  }
}

/// The arithmetic of the Unicode standard, section 3.12, that takes Hangul syllables apart.
enum Hangul {
  static let first: UInt32 = 0xAC00
  static let last: UInt32 = 0xD7A3

  /// The leading consonant, the vowel, and the trailing consonant where there is one, else nil.
  static func jamo(of syllable: UInt32) -> (leading: UInt32, vowel: UInt32, trailing: UInt32?) {
    let index = syllable - first
    let trailing = index % 28
    return (0x1100 + index / 588, 0x1161 + index % 588 / 28, trailing == 0 ? nil : 0x11A7 + trailing)
  }
}
