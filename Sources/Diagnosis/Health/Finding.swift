/// Something that is wrong with a store, or may be, with the rows that show it.
public struct Finding: Sendable, Hashable {
  /// What was looked for, under its stable name.
  public var check: Check
  /// What was found, for people: numbers, an example, why it matters.
  public var sentence: String
  /// The rows it is about, ascending within a group; rows that belong together are one group, others one each.
  public var groups: [[Int]]
  /// The rows that a fix deletes or changes, ascending: all but one of each group of duplicates, else all.
  public var marked: [Int]

  /// A finding about rows of which each is wrong by itself.
  public init(_ check: Check, _ sentence: String, rows: [Int]) {
    self.init(check, sentence, groups: rows.map { [$0] }, marked: rows)
  }

  /// A finding about groups of rows that are too much alike; all but the first of each are marked.
  public init(_ check: Check, _ sentence: String, groups: [[Int]]) {
    self.init(check, sentence, groups: groups, marked: groups.flatMap { $0.dropFirst() }.sorted())
  }

  public init(_ check: Check, _ sentence: String, groups: [[Int]], marked: [Int]) {
    self.check = check
    self.sentence = sentence
    self.groups = groups
    self.marked = marked
  }

  /// Whether the rows of each group say the same, so that one of them is enough.
  public var keepsOneOfEach: Bool {
    !groups.isEmpty && groups.allSatisfy { $0.count > 1 }
      && marked == groups.flatMap { $0.dropFirst() }.sorted()
  }

  /// All rows of all groups, each once, ascending.
  public var rows: [Int] { Set(groups.flatMap { $0 }).sorted() }
}
