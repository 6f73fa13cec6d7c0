import VectorStore

/// Documents that say the same, each pair under the strictest name that fits.
struct DuplicateChecks {
  let version: StoreVersion
  let survey: DocumentSurvey

  /// Rows that have something to say and no earlier row that says it in the same letters but for case and spaces.
  private(set) var distinct: [Int] = []
  private(set) var findings: [Finding] = []
  /// Rows of the same content.
  private(set) var contents: [[Int]] = []

  /// O(n log n), and reads those documents again that have an equal hash.
  init(_ version: StoreVersion, _ survey: DocumentSurvey) {
    self.version = version
    self.survey = survey
    let all = survey.notes.indices.filter { survey.notes[$0].flaws.isDisjoint(with: [.empty, .blank]) }
    contents = EqualGroups.find(among: all, hash: { survey.notes[$0].content }) { text($0) == text($1) }
    let inGroups = contents.flatMap { $0 }.sorted()
    let documents = EqualGroups.find(among: inGroups, hash: { survey.notes[$0].document }) {
      version.document(atRow: $0).hasSame(as: version.document(atRow: $1))
    }
    add(.duplicateDocument, documents, "the same content and the same metadata as an earlier row")
    // Of the rows that are the same in all, one stands for the others.
    let others = contents.map { EqualGroups.firsts(of: $0, documents) }.filter { $0.count > 1 }
    add(.duplicateContent, others, "the same content as an earlier row, with other metadata")
    let firsts = EqualGroups.firsts(of: all, contents)
    let folded = EqualGroups.find(among: firsts, hash: { survey.notes[$0].folded }) {
      DocumentSurvey.folded(text($0).string) == DocumentSurvey.folded(text($1).string)
    }
    add(.duplicateFolded, folded, "the same as an earlier row but for case and spaces")
    distinct = EqualGroups.firsts(of: firsts, folded)
  }

  private func text(_ row: Int) -> Text { version.document(atRow: row).content }

  private mutating func add(_ check: Check, _ groups: [[Int]], _ words: String) {
    guard !groups.isEmpty else { return }
    let extra = groups.reduce(0) { $0 + $1.count - 1 }
    let examples = Example.contents(of: groups.map { $0[0] }, in: version, limit: 2)
    findings.append(
      Finding(
        check, "\(Count.of(extra, "row")) in \(Count.of(groups.count, "group")) with \(words): \(examples)",
        groups: groups))
  }
}

extension Document {
  fileprivate func hasSame(as other: Document) -> Bool {
    content == other.content && metadata == other.metadata
  }
}
