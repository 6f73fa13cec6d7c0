import Explorer
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct LoopTests {
  @Test func drawsOnceForAllThatWaits() async throws {
    let store = FakeStore(Samples.many(100))
    let screen = MemoryScreen(size: Size(width: 120, height: 40))
    var loop = Loop(
      state: AppState(summary: store.summary, size: screen.size), screen: screen, theme: .standard,
      mailbox: Mailbox(), performer: store)
    try loop.begin()
    try await loop.settle()
    let before = loop.screen.frames.count
    for _ in 0..<20 { loop.screen.send(.key(.character("j"))) }
    try loop.step(timeout: .zero)
    #expect(loop.state.documents.list.selected == 20)
    #expect(loop.screen.frames.count == before + 1)
  }

  @Test func startingAnEffectCancelsTheOneInItsSlot() async throws {
    let store = FakeStore(Samples.animals, stalled: [.search])
    let app = try await AppDriver(store: store)
    try await app.press("m j m")
    try await app.press("<C-c>")
    #expect(app.state.jobs.foremost?.id != .search)
  }

  @Test func theEditorGetsTheContentAndGivesAnother() async throws {
    let store = FakeStore(Samples.animals)
    let screen = MemoryScreen(size: Size(width: 120, height: 40))
    var loop = Loop(
      state: AppState(summary: store.summary, size: screen.size), screen: screen, theme: .standard,
      mailbox: Mailbox(), performer: store, compose: { text throws(ExplorerError) in text + ", edited" })
    try loop.begin()
    try await loop.settle()
    let content = try #require(loop.state.detail.loaded?.row.document.content.string)
    loop.screen.send(.key(.character("c")))
    try loop.step(timeout: .zero)
    try await loop.settle()
    #expect(loop.state.detail.loaded?.row.document.content.string == content + ", edited")
    #expect(loop.state.summary.undoName == "edit the content of 1 document")
  }

  @Test func anEditorThatFailsLeavesTheContent() async throws {
    let store = FakeStore(Samples.animals)
    let screen = MemoryScreen(size: Size(width: 120, height: 40))
    var loop = Loop(
      state: AppState(summary: store.summary, size: screen.size), screen: screen, theme: .standard,
      mailbox: Mailbox(), performer: store,
      compose: { _ throws(ExplorerError) in throw ExplorerError(.cannotWrite, "no editor here") })
    try loop.begin()
    try await loop.settle()
    loop.screen.send(.key(.character("c")))
    try loop.step(timeout: .zero)
    try await loop.settle()
    #expect(loop.state.message?.text == "no editor here")
    #expect(!loop.state.summary.isModified)
  }

  @Test func postingWakesTheScreen() async throws {
    await confirmation(expectedCount: 2) { woken in
      let mailbox = Mailbox { woken() }
      mailbox.post(.command(.help))
      mailbox.post(.command(.help))
      #expect(mailbox.drain().count == 2)
      #expect(mailbox.drain().isEmpty)
    }
  }
}
