/// The distinct features of a text for ``HashingEmbedder``, in the order of their first occurrence.
struct TextFeatures {
  struct Feature: Equatable {
    var hash: UInt64
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
      add(FNV1a("w:").combining(word).value, weight: 1)
      if !previous.isEmpty {
        add(FNV1a("p:").combining(previous).combining(" ").combining(word).value, weight: 0.5)
      }
      addTrigrams(of: word)
      previous = word
    }
  }

  private mutating func addTrigrams(of word: [Unicode.Scalar]) {
    for start in 0..<word.count {
      let before = start == 0 ? "^" : word[start - 1]
      let after = start == word.count - 1 ? "$" : word[start + 1]
      add(
        FNV1a("t:").combining(before).combining(word[start]).combining(after).value, weight: 0.3)
    }
  }

  private mutating func add(_ hash: UInt64, weight: Double) {
    if let position = positions[hash] {
      ordered[position].count += 1
    } else {
      positions[hash] = ordered.count
      ordered.append(Feature(hash: hash, weight: weight, count: 1))
    }
  }
}
