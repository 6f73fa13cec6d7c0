/// What a person may have meant by a name that does not exist.
enum Suggestion {
  /// The nearest candidate by edit distance, if it is near enough to be a slip.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    let best = candidates.map { ($0, distance(name.lowercased(), $0.lowercased())) }.min { $0.1 < $1.1 }
    guard let (candidate, edits) = best, edits <= max(2, name.count / 3) else { return nil }
    return candidate
  }

  /// Levenshtein's distance: the fewest insertions, deletions and replacements.
  static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let replaced = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }

  /// How well letters occur in order in a text; more is better, nil when they do not.
  ///
  /// Runs and word starts count more, as in fzf.
  static func fuzzyScore(_ letters: String, in text: String) -> Int? {
    var score = 0
    var last = -2
    var wanted = letters.lowercased().filter { $0 != " " }[...]
    var previous: Character = " "
    for (place, character) in text.lowercased().enumerated() {
      guard let next = wanted.first else { break }
      if character == next {
        score += 1 + (place == last + 1 ? 3 : 0) + (previous.isLetter ? 0 : 2)
        last = place
        wanted.removeFirst()
      }
      previous = character
    }
    return wanted.isEmpty ? score * 100 - text.count : nil
  }
}
