/// The distinct features of a text for ``HashingEmbedder``, in the order of their first occurrence.
struct TextFeatures {
  struct Feature: Equatable {
    var hash: UInt64
    /// The largest weight it was found with.
    var weight: Double
    /// How often it occurs, at least once.
    var count: Int
  }

  private(set) var ordered: [Feature] = []
  private var positions: [UInt64: Int] = [:]

  init(of text: String) {
    var previous: [Unicode.Scalar] = []
    var words = WordSplitter(text)
    while let word = words.next() {
      let factor = Self.lengthFactor(of: word)
      add(FNV1a("w:").combining(word).value, weight: factor)
      if !previous.isEmpty {
        let smaller = min(factor, Self.lengthFactor(of: previous))
        add(FNV1a("p:").combining(previous).combining(" ").combining(word).value, weight: 0.5 * smaller)
      }
      addTrigrams(of: word, weight: 0.3 * factor)
      previous = word
    }
    if ordered.isEmpty { addSymbols(of: text) }
  }

  private static func lengthFactor(of word: [Unicode.Scalar]) -> Double {
    switch word.count {
    case 1 where WordSplitter.isSingleWord(word[0]): 1
    case ...2: 0.1
    case 3: 0.2
    case 4: 0.5
    default: 1
    }
  }

  /// What tells texts without words apart.
  private mutating func addSymbols(of text: String) {
    for scalar in text.unicodeScalars.map(WordSplitter.lowercased) {
      switch scalar.properties.generalCategory {
      case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate,
        .privateUse, .unassigned:
        continue
      default:
        add(FNV1a("c:").combining(scalar).value, weight: 1)
      }
    }
    if ordered.isEmpty { add(FNV1a("e:").value, weight: 1) }
  }

  private mutating func addTrigrams(of word: [Unicode.Scalar], weight: Double) {
    for start in 0..<word.count {
      let before = start == 0 ? "^" : word[start - 1]
      let after = start == word.count - 1 ? "$" : word[start + 1]
      add(
        FNV1a("t:").combining(before).combining(word[start]).combining(after).value, weight: weight)
    }
  }

  private mutating func add(_ hash: UInt64, weight: Double) {
    if let position = positions[hash] {
      ordered[position].count += 1
      ordered[position].weight = max(ordered[position].weight, weight)
    } else {
      positions[hash] = ordered.count
      ordered.append(Feature(hash: hash, weight: weight, count: 1))
    }
  }
}
