import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// Several stores open at once.
@Suite struct TabsTests {
  private func two() async throws -> AppDriver {
    let app = try await AppDriver()
    try await app.press(":open <space> /stores/birds <enter>")
    return app
  }

  @Test func aStoreOpensInATabOfItsOwn() async throws {
    let app = try await two()
    #expect(app.state.summary.name == "birds")
    try app.expectScreen("tabs")
    try await app.press("<M-,>")
    #expect(app.state.summary.name == "animals")
    try await app.press("<M-.> <M-.> :tab <space> 2 <enter>")
    #expect(app.state.summary.name == "birds")
    try await app.press(":tab <space> 7 <enter>")
    #expect(app.state.message?.text == "\"7\" is no open store; they have the numbers 1 to 2")
  }

  @Test func whatHappensInOneTabStaysThere() async throws {
    let app = try await two()
    try await app.press("<M-,> d y <M-.>")
    #expect(app.state.marks.isEmpty)
    #expect(app.state.message?.text.hasPrefix("deleted") != true)
    #expect(app.screen.contains("1 animals [+]"))
  }

  @Test func aStoreThatIsOpenIsGoneToInsteadOfOpenedAgain() async throws {
    let app = try await two()
    try await app.press(":open <space> /stores/animals <enter>")
    #expect(app.state.summary.name == "animals")
    #expect(app.state.tabBar.tabs.count == 2)
    #expect(app.state.message?.text == "animals is open already")
  }

  @Test func aClickGoesToATab() async throws {
    let app = try await two()
    try await app.send(.mouse(Mouse(point: Point(x: 10, y: 0), action: .press)))
    #expect(app.state.summary.name == "animals")
  }

  @Test func closingEndsOnlyThatStore() async throws {
    let app = try await two()
    try await app.press("<C-w>")
    #expect(!app.isFinished)
    #expect(app.state.summary.name == "animals")
    #expect(app.store.closed.count == 1)
    try await app.press("<C-w>")
    #expect(!app.isFinished)
    #expect(app.state.message?.text.hasPrefix("this is the only open store") == true)
  }

  @Test func closingAsksWhenThereAreUnsavedEdits() async throws {
    let app = try await two()
    try await app.press("<M-,> d y <C-w>")
    #expect(app.screen.contains("unsaved changes"))
    try await app.press("<esc>")
    #expect(app.state.summary.name == "animals" && app.store.closed.isEmpty)
    try await app.press("<C-w> d")
    #expect(app.state.summary.name == "birds" && app.store.closed == [.first])
  }

  @Test func quittingAsksAboutEveryStoreWithUnsavedEdits() async throws {
    let app = try await AppDriver()
    try await app.press("d y :open <space> /stores/birds <enter> q")
    #expect(!app.isFinished)
    #expect(app.state.summary.name == "animals")
    #expect(app.screen.contains("unsaved changes"))
    // Whoever stays has left nothing behind.
    try await app.press("<esc> <M-.>")
    #expect(!app.isFinished && app.state.summary.name == "birds")
    try await app.press("q d")
    #expect(app.isFinished)
  }

  @Test func quittingNowDropsTheEditsOfTheStoreOnTheScreenOnly() async throws {
    let app = try await AppDriver()
    try await app.press("d y :open <space> /stores/birds <enter> Q")
    #expect(!app.isFinished)
    #expect(app.screen.contains("unsaved changes"))
  }

  @Test func aSignalEndsAllAtOnceAndDropsNothing() async throws {
    let app = try await AppDriver()
    try await app.press("d y :open <space> /stores/birds <enter>")
    try await app.send(.terminate)
    #expect(app.isFinished)
    #expect(!app.state.dropsChanges)
  }

  @Test func themesHoldInAllTabs() async throws {
    let app = try await two()
    try await app.press(":theme <space> nord <enter> <M-,>")
    #expect(app.state.looks.themeName == "nord")
  }

  @Test func tabsOfTheSameNameAreToldApart() {
    func state(_ path: String, _ number: Int) -> AppState {
      AppState(
        summary: StoreSummary(
          name: "faiss_index", path: path, count: 1, dimension: 2, metric: .squaredL2, indexType: "flat L2"),
        size: Size(width: 80, height: 24), tab: TabID(number: number))
    }
    let bar = TabBar([state("/a/one/faiss_index", 1), state("/a/two/faiss_index", 2)], place: 1)
    #expect(bar.tabs.map(\.name) == ["one/faiss_index", "two/faiss_index"])
    // The one on the screen is always among those that fit.
    #expect(bar.shown(width: 18, busy: "…").map(\.place) == [1])
    #expect(bar.shown(width: 80, busy: "…").map(\.text) == ["1 one/faiss_index", "2 two/faiss_index"])
  }
}
