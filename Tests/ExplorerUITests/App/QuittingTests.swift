import Terminal
import Testing

@testable import ExplorerUI

@Suite struct QuittingTests {
  @Test func quitLeavesAtOnceWhenNothingChanged() async throws {
    let app = try await AppDriver()
    try await app.press("q")
    #expect(app.isFinished)
  }

  @Test func unsavedChangesAreGuarded() async throws {
    let app = try await AppDriver()
    try await app.press("d y q <esc>")
    #expect(!app.isFinished)
    try await app.press("q d")
    #expect(app.isFinished)
    #expect(!app.store.effects.contains(.save(path: nil)))
  }

  @Test func nobodyLeavesWhileAnEditIsUnderWay() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.edit]))
    try await app.press("d y q")
    #expect(!app.isFinished)
    #expect(app.screen.contains("an edit is still under way"))
    try await app.press("Q")
    #expect(app.isFinished)
  }

  @Test func savingFromTheGuardQuitsOnceSaved() async throws {
    let app = try await AppDriver()
    try await app.press("d y q s")
    #expect(app.store.effects.contains(.save(path: nil)))
    #expect(app.isFinished)
  }

  @Test func aSaveThatFailsKeepsThePersonHere() async throws {
    let store = FakeStore(Samples.animals)
    let app = try await AppDriver(store: store)
    try await app.press("d y")
    store.fail(.edit, "disk full")
    try await app.press("q s")
    #expect(!app.isFinished)
    #expect(app.state.message?.text == "disk full")
  }

  @Test func filesThatAnotherProgramWroteAreOverwrittenOnlyWhenAsked() async throws {
    let store = FakeStore(Samples.animals)
    let app = try await AppDriver(store: store)
    try await app.press("d y")
    store.writeByOthers()
    try await app.press(":wq <enter>")
    #expect(!app.isFinished)
    #expect(app.screen.contains("overwrite what another program wrote?"))
    try await app.press("n")
    #expect(!store.effects.contains(.save(path: nil, overwriting: true)))
    try await app.press("<C-s> <enter> y")
    #expect(
      store.effects.last { if case .save = $0 { true } else { false } } == .save(path: nil, overwriting: true)
    )
    #expect(app.state.message?.text.hasPrefix("saved") == true)
  }

  @Test(arguments: [":q! <enter>", ":wq <enter>", "Q", "<C-c> d"]) func otherWaysOut(_ keys: String)
    async throws
  {
    let app = try await AppDriver()
    try await app.press("d y " + keys)
    #expect(app.isFinished)
  }

  @Test func interruptCancelsWhatRunsFirst() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.search]))
    try await app.press("m")
    #expect(app.state.jobs.isRunning(.search))
    try await app.press("<C-c>")
    #expect(!app.state.jobs.isRunning(.search))
    #expect(!app.isFinished)
  }

  @Test func interruptWorksInWindowsAndOnATooSmallScreen() async throws {
    let app = try await AppDriver()
    try await app.press("? <C-c>")
    #expect(app.isFinished)
    let small = try await AppDriver(size: (20, 5))
    try await small.press("d y <C-c>")
    #expect(small.isFinished)
    #expect(!small.store.effects.contains { if case .delete = $0 { true } else { false } })
  }

  @Test func aLostTerminalEndsTheLoop() async throws {
    let app = try await AppDriver()
    try await app.press("d y")
    try await app.send(.terminate)
    #expect(app.isFinished)
  }
}
