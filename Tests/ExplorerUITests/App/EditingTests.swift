import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// Marks, deletes, undo and merges, as a person does them.
@Suite struct EditingTests {
  @Test func deleteAsksAndItsOwnKeyDoesNotConfirm() async throws {
    let app = try await AppDriver()
    try await app.press("d d d <space>")
    #expect(app.state.summary.count == 8)
    try await app.press("y")
    #expect(app.state.summary.count == 7)
    #expect(app.state.overlays.isEmpty)
  }

  @Test func rowsAndRanksFollowADeleteAndItsUndo() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> 1 d y")
    #expect(app.state.documents.selectedRow?.row == 0)
    #expect(app.state.documents.selectedRow?.document.id.short == "4fbcf8a2")
    #expect(app.state.results.hits.map(\.document.id.short).contains("8164a453") == false)
    try await app.press("u")
    #expect(app.state.documents.selectedRow?.document.id.short == "8164a453")
    #expect(app.state.results.hits.first?.document.id.short == "8164a453")
    #expect(!app.state.summary.isModified)
    try await app.press("<C-r>")
    #expect(app.state.summary.count == 7)
  }

  @Test func deletesAllThatIsMarkedAndForgetsTheMarks() async throws {
    let app = try await AppDriver()
    try await app.press("<space> j <space> d y")
    #expect(app.store.effects.contains(.delete(ids("8164a453", "90b1c2d7"))))
    #expect(app.state.marks.isEmpty)
    #expect(app.state.summary.count == 6)
  }

  @Test func nothingIsDeletedWhileTyping() async throws {
    let app = try await AppDriver()
    try await app.press("s ddddy <enter>")
    #expect(app.state.query.field.text == "ddddy")
    #expect(app.state.summary.count == 8)
  }

  @Test func rangesMarkWhatLiesBetween() async throws {
    let app = try await AppDriver()
    try await app.press("j v j j v")
    #expect(app.state.marks.all.map(\.row) == [1, 2, 3])
  }

  @Test func allAndInvertReachRowsThatAreNotLoaded() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(2000)))
    try await app.press("<space> *")
    #expect(app.state.marks.count == 1999)
    #expect(!app.state.marks.contains(DocumentID("00000000")))
    try await app.press("<C-a>")
    #expect(app.state.marks.count == 2000)
  }

  @Test func marksKeepToTheFilter() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> de <enter> <C-a>")
    #expect(app.state.marks.all.map(\.row) == [2])
  }

  @Test func escapeTakesBackOneThingAtATimeAndNeverQuits() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> en <enter> <space> v <esc>")
    #expect(app.state.documents.list.anchor == nil)
    #expect(!app.state.marks.isEmpty)
    try await app.press("<esc>")
    #expect(app.state.marks.isEmpty)
    #expect(app.state.activeFilter != nil)
    try await app.press("<esc>")
    #expect(app.state.activeFilter == nil)
    try await app.press("<esc> <esc> <esc>")
    #expect(!app.isFinished)
  }

  @Test func mergeIsPlannedForEachPolicyThenDone() async throws {
    let app = try await AppDriver()
    try await app.press("M other_index <enter> <tab> <enter>")
    #expect(app.store.effects.contains(.planMerge(path: "other_index", .skip)))
    #expect(app.store.effects.contains(.merge(path: "other_index", .rename)))
    #expect(app.state.summary.merged == 1)
    #expect(app.state.overlays.isEmpty)
  }

  @Test func mergeStopsAtCollisionsUnderTheStrictPolicy() async throws {
    let app = try await AppDriver()
    try await app.press("M other_index <enter> <S-tab> <enter>")
    #expect(app.state.summary.merged == 0)
    #expect(app.state.message?.text.contains("choose skip, rename or replace") == true)
  }

  @Test func savingShowsTheChangesFirst() async throws {
    let app = try await AppDriver()
    try await app.press("d y <C-s>")
    #expect(!app.store.effects.contains(.save(path: nil)))
    try await app.press("<enter>")
    #expect(app.store.effects.contains(.save(path: nil)))
    #expect(app.state.message?.text.hasPrefix("saved 7 documents") == true)
    #expect(!app.state.summary.isModified)
  }

  @Test func undoingTheLastChangeInTheChangesWindowShowsNoneLeft() async throws {
    let app = try await AppDriver()
    try await app.press("d y <C-s> u")
    guard case .changes(let changes) = app.state.overlays.last else {
      Issue.record("the window has gone")
      return
    }
    #expect(changes.plan?.entries.isEmpty == true)
  }

  @Test func metadataAreSetAndRemovedOnAllThatIsMarked() async throws {
    let app = try await AppDriver()
    try await app.press("<space> <space> e draft=true <enter>")
    #expect(
      app.state.documents.window?.rows.prefix(3).map { $0.document.metadata["draft"] } == [true, true, nil])
    #expect(app.state.message?.text.hasPrefix("edited 2 documents") == true)
    try await app.press(": unset <space> lang <enter>")
    #expect(app.state.documents.window?.rows.first?.document.metadata["lang"] == nil)
    try await app.press("e nonsense <enter>")
    #expect(app.state.message?.text == "set nonsense: expected key=value")
    try await app.press("u u")
    #expect(app.state.documents.window?.rows.first?.document.metadata["draft"] == nil)
  }

  @Test func addedFilesAreRowsThatUndoTakesBack() async throws {
    let app = try await AppDriver()
    try await app.press("a notes.md <enter>")
    #expect(app.store.effects.contains(.add(files: "notes.md")))
    #expect(app.state.documents.count == 9)
    #expect(app.state.message?.text.hasPrefix("added 1 document") == true)
    try await app.press("u")
    #expect(app.state.documents.count == 8)
  }

  @Test func anotherStoreIsBuiltWhileThisOneStaysAsItIs() async throws {
    let app = try await AppDriver()
    try await app.press(": build <space> new <space> a <space> file.txt <enter>")
    #expect(app.store.effects.contains(.build(path: "new", files: "a file.txt")))
    #expect(app.state.message?.text == "built new: 7 documents")
    #expect(!app.state.summary.isModified)
    try await app.press(": build <space> new <enter>")
    #expect(app.state.message?.text.contains("two words") == true)
  }

  @Test func aFailedEditIsSaidAndChangesNothing() async throws {
    let store = FakeStore(Samples.animals)
    store.fail(.edit, "the journal cannot be written: disk full; nothing was deleted")
    let app = try await AppDriver(store: store)
    try await app.press("d y")
    #expect(
      app.state.message
        == Message(text: "the journal cannot be written: disk full; nothing was deleted", kind: .error))
    #expect(app.state.summary.count == 8)
    #expect(app.state.jobs.isIdle)
  }

  private func ids(_ shorts: String...) -> [DocumentID] {
    shorts.compactMap { short in Samples.animals.first { $0.id.short == short }?.id }
  }
}
