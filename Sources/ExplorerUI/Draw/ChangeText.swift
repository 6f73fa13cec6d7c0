import Explorer

/// What has changed against the disk, in words.
enum ChangeText {
  /// "3 deleted · 12 merged", or "changed" when only the counts say nothing.
  static func summary(_ summary: StoreSummary) -> String {
    let parts = [
      (summary.deleted, "deleted"), (summary.added, "added"), (summary.merged, "merged"),
      (summary.edited, "edited"),
    ].filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
    return parts.isEmpty ? "changed" : parts.joined(separator: " · ")
  }
}
