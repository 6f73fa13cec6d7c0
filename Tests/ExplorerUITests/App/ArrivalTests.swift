import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// A store of which the first documents are on the screen while the others are being read.
@Suite struct ArrivalTests {
  private static let row = Row(row: 0, document: Document(id: "a", content: "first"))

  private func summary(isPartial: Bool) -> StoreSummary {
    var summary = StoreSummary(
      name: "store", path: "/store", count: 1_000_000, dimension: 3, metric: .squaredL2, indexType: "flat L2")
    summary.isPartial = isPartial
    return summary
  }

  /// A state with its first page.
  private func partial() -> AppState {
    var state = AppState(summary: summary(isPartial: true), size: Size(width: 120, height: 30))
    let effects = reduce(&state, .start)
    #expect(effects.contains(.arrive))
    #expect(!effects.contains(.findEmbedder))
    let page = Page(revision: 0, matched: 1_000_000, total: 1_000_000, offset: 0, rows: [Self.row])
    _ = reduce(&state, .pageLoaded(generation: state.documents.generation, page))
    return state
  }

  private func press(_ script: String, in state: inout AppState) -> [Effect] {
    Script.events(script).flatMap { reduce(&state, .event($0)) }
  }

  @Test func pagesAndMoreLikeThisNeedNotWait() {
    var state = partial()
    #expect(state.documents.selectedRow == Self.row)
    let effects = press("m", in: &state)
    #expect(
      effects.contains {
        if case .search(_, let request) = $0 { request.query == .like(["a"]) } else { false }
      })
    #expect(
      press("1 G", in: &state).contains { if case .loadPage = $0 { true } else { false } })
  }

  @Test(arguments: ["d y", "f p a g e = 1 <enter>", "s w o r d s <enter>", "u", "<C-s>", "&"])
  func whatNeedsAllDocumentsIsNotDone(keys: String) {
    var state = partial()
    var effects = press(keys, in: &state)
    effects += reduce(&state, .elapsed(.filterDelay)) + reduce(&state, .elapsed(.searchDelay))
    #expect(effects.allSatisfy { $0.needsOnlyFirst })
  }

  @Test func aRefusedEditSaysWhy() {
    var state = partial()
    _ = press("d y", in: &state)
    #expect(state.message?.text.contains("still being read") == true)
    #expect(!state.jobs.isRunning(.edit))
  }

  @Test func whenAllAreThereWhatWasAskedForIsDone() {
    var state = partial()
    _ = press("f p a g e = 1 <enter>", in: &state)
    let effects = reduce(&state, .arrived(summary(isPartial: false), nil))
    #expect(effects.contains(.findEmbedder))
    #expect(
      effects.contains {
        if case .loadPage(_, _, _, let filter, _) = $0 {
          filter == state.activeFilter && filter != nil
        } else {
          false
        }
      })
    #expect(!state.jobs.isRunning(.arrival))
  }

  @Test func aStoreThatTurnsOutDamagedIsShownNoMore() {
    var state = partial()
    let effects = reduce(&state, .failed(.arrival, "index.pkl: byte 7 is wrong"))
    #expect(!state.hasStore)
    #expect(state.documents.selectedRow == nil)
    #expect(state.message == Message(text: "index.pkl: byte 7 is wrong", kind: .error))
    #expect(effects.contains(.listStores(folder: nil)))
  }

  @Test func whoCancelsTheReadingLeavesTheStore() {
    var state = partial()
    let effects = press("<C-c>", in: &state)
    #expect(effects.contains(.cancel(.arrival)))
    #expect(!state.hasStore)
  }
}
