import Foundation

/// The words by which groups of texts differ.
struct TellingWords {
  /// How many texts of each group hold a word.
  private var counts: [[String: Int]]
  private var texts: [Int]

  init(groups: Int) {
    counts = Array(repeating: [:], count: groups)
    texts = Array(repeating: 0, count: groups)
  }

  /// Takes in a text of a group; its first 2,000 characters tell enough.
  mutating func add(_ text: String, to group: Int) {
    texts[group] += 1
    for word in Self.words(of: text.prefix(2000)) { counts[group][word, default: 0] += 1 }
  }

  /// The words that say most about a group, the most telling first.
  ///
  /// A word weighs `p log (p / q)`, its part of the divergence between the group and all groups, where `p` and `q` are
  /// the shares of their texts that hold it, times `(1 - q)^3`: a word of half of all texts names nothing.
  func words(of group: Int, most: Int = 3) -> [String] {
    let total = Double(texts.reduce(0, +))
    let own = Double(texts[group])
    guard own > 0 else { return [] }
    let weights = counts[group].map { word, count in
      let everywhere = Double(counts.reduce(0) { $0 + ($1[word] ?? 0) })
      let (p, q) = (Double(count) / own, everywhere / total)
      return (word: word, weight: count > 1 || own < 4 ? p * log(p / q) * pow(1 - q, 3) : 0)
    }
    return weights.filter { $0.weight > 0 }.sorted { ($1.weight, $0.word) < ($0.weight, $1.word) }
      .prefix(most).map(\.word)
  }

  /// The different words of a text in lower case: runs of three letters or more, or pairs of ideographs.
  static func words(of text: Substring) -> Set<String> {
    var words: Set<String> = []
    for run in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
      if run.unicodeScalars.contains(where: { (0x3040...0x9FFF).contains($0.value) }) {
        for (first, second) in zip(run, run.dropFirst()) { words.insert(String([first, second])) }
      } else if run.count > 2 {
        words.insert(String(run))
      }
    }
    return words
  }
}
