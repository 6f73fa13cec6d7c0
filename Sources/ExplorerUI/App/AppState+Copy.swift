import Explorer

extension AppState {
  /// Copies what is known here already: scores of results, and the search itself.
  mutating func copySearch(_ command: Command) -> [Effect] {
    if command == .copyScores {
      let ids = Set(marks.isEmpty ? [currentRow?.document.id].compactMap { $0 } : marks.all.map(\.id))
      let chosen = results.hits.filter { ids.contains($0.document.id) }
      let hits = chosen.isEmpty ? results.hits : chosen
      return [.copyText(CopySubject.table(of: hits), title: CopySubject.scores.title(hits.count))]
    }
    guard let request = query.request(filter: activeFilter) else { return [] }
    let subject: CopySubject = command == .copyPython ? .python : .commandLine
    let text =
      subject == .python
      ? CopySubject.python(request, path: summary.path) : CopySubject.commandLine(request, path: summary.path)
    return [.copyText(text, title: subject.title(1))]
  }
}
