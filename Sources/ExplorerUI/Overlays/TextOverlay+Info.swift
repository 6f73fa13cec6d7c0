import Explorer

extension TextOverlay {
  /// What the store is: where, how many, of what kind, what changed, what is wrong with it.
  static func info(_ summary: StoreSummary) -> TextOverlay {
    var lines = [
      ("path", summary.path),
      ("documents", NumberText.grouped(summary.count)),
      ("vectors", "\(summary.dimension) d, \(ScoreLens.index.legend(summary.metric))"),
      ("index", summary.indexType),
    ]
    switch summary.embedder {
    case .ready(let name, let note): lines.append(("embedder", note.isEmpty ? name : "\(name); \(note)"))
    case .missing(let note): lines.append(("embedder", "none: \(note)"))
    case .unknown: lines.append(("embedder", "not looked for yet"))
    }
    if summary.isModified { lines.append(("unsaved", ChangeText.summary(summary))) }
    if summary.isReadOnly { lines.append(("access", "reading only")) }
    lines += summary.problems.map { ("problem", $0.message) }
    let text = lines.map { $0.0 + String(repeating: " ", count: 11 - $0.0.count) + $0.1 }
    return TextOverlay(title: summary.name, text: text.joined(separator: "\n"))
  }
}
