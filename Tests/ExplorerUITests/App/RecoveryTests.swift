import Explorer
import Foundation
import Terminal
import Testing

@testable import ExplorerUI

/// Edits that an earlier session left unsaved are asked about before anything else.
@Suite struct RecoveryTests {
  private func state(fits: Bool = true) -> AppState {
    AppState(
      summary: FakeStore(Samples.animals).summary, size: Size(width: 100, height: 24),
      unsaved: UnsavedReport(
        date: Date(timeIntervalSince1970: 1_700_000_000),
        names: ["delete 2 documents", "edit 1 document"], fits: fits, file: "/state/journal/1.journal"))
  }

  private func press(_ state: inout AppState, _ script: String) -> [Effect] {
    Script.events(script).flatMap { reduce(&state, .event($0)) }
  }

  @Test func theQuestionNamesTheEdits() throws {
    let state = state()
    let frame = draw(state, size: state.size, theme: .standard, unicode: true)
    for words in ["unsaved edits were found", "2 edits of 2023-11-14", "delete 2 documents", "D discard"] {
      #expect(frame.text.contains(words))
    }
  }

  @Test func applyingLookingAndDiscardingAreEffects() {
    var state = state()
    #expect(press(&state, "l").contains(.planRecovery))
    _ = press(&state, "<esc>")
    #expect(press(&state, "a").contains(.recover))
    #expect(state.overlays.isEmpty)
    state = self.state()
    #expect(press(&state, "D").contains(.discardRecovery))
  }

  @Test func laterLeavesThemForTheNextStart() {
    var state = state()
    let effects = press(&state, "<esc>")
    #expect(!effects.contains(.discardRecovery) && !effects.contains(.recover))
    #expect(state.overlays.isEmpty)
  }

  @Test func whatDoesNotFitSaysWhereItIsKept() {
    let state = state(fits: false)
    let frame = draw(state, size: state.size, theme: .standard, unicode: true)
    #expect(frame.text.contains("/state/journal/1.journal"))
    #expect(!frame.text.contains("a apply"))
  }

  @Test func aSignalKeepsTheJournalAndAChoiceDoesNot() {
    var state = AppState(
      summary: FakeStore(Samples.animals).summary, size: Size(width: 100, height: 24))
    #expect(reduce(&state, .event(.terminate)) == [.quit(.atOnce)])
    #expect(!state.dropsChanges)
    _ = press(&state, "Q")
    #expect(state.dropsChanges)
  }
}
