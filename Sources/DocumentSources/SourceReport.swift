/// What reading came to, so that nothing is left out in silence.
public struct SourceReport: Sendable, Hashable {
  /// Files opened.
  public var files = 0
  /// Documents given out.
  public var read = 0
  /// Documents whose text was empty or all blanks.
  public var skippedBlank = 0
  /// Records and files left out because they were bad.
  public var skippedBad = 0
  /// The first ``listedBad`` reasons, in the order met.
  public var badRecords: [SourceError] = []
  /// Broken byte sequences that became U+FFFD.
  public var replacedSequences = 0
  /// Fields of JSON records beside "metadata" that were not used.
  public var ignoredFields: Set<String> = []

  /// How many reasons are kept; the rest is only counted.
  public static let listedBad = 100

  public init() {}

  /// Counts a record that was left out, and keeps the reason if it is one of the first.
  public mutating func skip(_ error: SourceError) {
    skippedBad += 1
    if badRecords.count < Self.listedBad { badRecords.append(error) }
  }

  /// One sentence a line for people: what was read, then what was left out or changed.
  public var lines: [String] {
    var lines = ["read \(counted(read, "document")) from \(counted(files, "file"))"]
    if skippedBlank > 0 { lines.append("skipped \(counted(skippedBlank, "document")) without any text") }
    if skippedBad > 0 {
      lines.append("skipped \(counted(skippedBad, "bad record")):")
      lines += badRecords.map { "  \($0)" }
      if skippedBad > badRecords.count { lines.append("  and \(skippedBad - badRecords.count) more") }
    }
    if replacedSequences > 0 {
      lines.append("replaced \(counted(replacedSequences, "broken byte sequence")) by U+FFFD")
    }
    if !ignoredFields.isEmpty {
      let names = ignoredFields.sorted().prefix(20).map { "\"\($0.escapingControls.shortened)\"" }.joined(
        separator: ", ")
      lines.append("did not use the fields \(names), which stand beside \"metadata\"")
    }
    return lines
  }

  private func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
