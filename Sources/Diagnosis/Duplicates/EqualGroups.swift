/// Groups of rows that are the same in something.
enum EqualGroups {
  /// Groups of at least two of `rows` with the same hash that `isSame` confirms, by their first row.
  ///
  /// `rows` are ascending, and so are those of a group. O(n log n).
  static func find(
    among rows: some Sequence<Int>, hash: (Int) -> Int, isSame: (Int, Int) -> Bool
  ) -> [[Int]] {
    let keyed = rows.map { (hash($0), $0) }.sorted { $0 < $1 }
    var groups: [[Int]] = []
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].0 == keyed[start].0 { end += 1 }
      if end - start > 1 { groups += split(keyed[start..<end].map(\.1), isSame) }
      start = end
    }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// Equal hashes are nearly always equal things.
  private static func split(_ rows: [Int], _ isSame: (Int, Int) -> Bool) -> [[Int]] {
    var groups: [[Int]] = []
    for row in rows {
      if let place = groups.firstIndex(where: { isSame($0[0], row) }) {
        groups[place].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  /// `rows` without those that have an earlier one in their group.
  static func firsts(of rows: [Int], _ groups: [[Int]]) -> [Int] {
    let later = Set(groups.flatMap { $0.dropFirst() })
    return later.isEmpty ? rows : rows.filter { !later.contains($0) }
  }
}
