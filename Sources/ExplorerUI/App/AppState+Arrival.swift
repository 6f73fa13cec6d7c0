import Explorer
import VectorStore

/// A store of which the first documents are shown while the others are being read.
extension AppState {
  /// These effects without those that need documents which are not there yet; says so where a person asked for one.
  mutating func possible(_ effects: [Effect]) -> [Effect] {
    guard summary.isPartial else { return effects }
    return effects.filter { effect in
      guard !effect.needsOnlyFirst else { return true }
      // Windows that would wait for an answer that does not come.
      if effect.id == .plan { closePlans() }
      if effect.id == .comparison { closeComparisons() }
      if effect.id.isListed {
        say("the documents are still being read; this can be done when all of them are there", .warning)
      }
      return false
    }
  }

  /// All documents are there: what was shown of the first is read again, and what was asked for meanwhile is done.
  mutating func arrived(_ whole: StoreSummary, _ unsaved: UnsavedReport?) -> [Effect] {
    jobs.end(.arrival, .done)
    summary = whole
    detail.shown = nil
    filter.completion = FilterCompletion()
    marks.remove([.pending])
    message = nil
    sayProblems()
    if let unsaved { overlays.append(.confirm(ConfirmOverlay(question: .recover(unsaved)))) }
    return documents.load(height: arrangement.listHeight(.documents), filter: activeFilter, anew: true)
      + search(keepingSelection: true) + [.findEmbedder, .recall]
  }

  /// There is no such store after all: nothing of it stays on the screen.
  mutating func loseStore(saying text: String) {
    summary = .none
    documents = DocumentsPane()
    results = ResultsPane()
    detail = DetailPane()
    marks.clear()
    overlays = []
    say(text, .error)
  }
}
