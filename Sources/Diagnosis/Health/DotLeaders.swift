/// Dots that lead to a page number, and rules: what tables of contents are made of.
enum DotLeaders {
  /// Fewer in a row are an ellipsis, or a table's edge.
  private static let leastRun = 4
  /// Whole contents up to this length may be one entry of a table of contents.
  private static let oneEntry = 160

  static func isLeader(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "·", "…", "•", "_", "-", "=", "*", "─", "—", "‧": true
    default: false
    }
  }

  /// Whether they are what the text consists of: two that lead to a number, one in a short text, or so many that a
  /// third of it is dots, or half of it rules.
  static func fill(_ scalars: [Unicode.Scalar]) -> Bool {
    var (entries, dots, rules, visible) = (0, 0, 0, 0)
    var place = 0
    while place < scalars.count {
      guard isLeader(scalars[place]) else {
        if !scalars[place].isSpace { visible += 1 }
        place += 1
        continue
      }
      let (count, end) = run(at: place, in: scalars)
      visible += count
      if count >= leastRun || scalars[place] == "…" && count >= 2 {
        let isDots = scalars[place] == "." || scalars[place].value > 0x7F || scalars[place] == "_"
        if isDots { dots += count } else { rules += count }
        if isDots, leadsToNumber(from: end, in: scalars) { entries += 1 }
      }
      place = end
    }
    return entries >= 2 || entries == 1 && scalars.count <= oneEntry
      || dots * 3 >= max(1, visible) || (dots + rules) * 2 >= max(1, visible)
  }

  /// How many of the same sign follow each other, single spaces between them allowed, and where they end.
  private static func run(at place: Int, in scalars: [Unicode.Scalar]) -> (count: Int, end: Int) {
    var (count, end) = (1, place + 1)
    while end < scalars.count {
      if scalars[end] == scalars[place] {
        end += 1
      } else if scalars[end] == " ", end + 1 < scalars.count, scalars[end + 1] == scalars[place] {
        end += 2
      } else {
        break
      }
      count += 1
    }
    return (count, end)
  }

  private static func leadsToNumber(from place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard let next = scalars[place...].first(where: { $0 != " " && $0 != "\t" }) else { return false }
    return next.properties.numericType != nil || ["i", "v", "x", "l"].contains(next)
  }
}
