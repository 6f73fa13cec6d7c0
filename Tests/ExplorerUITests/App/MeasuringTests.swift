import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// Pins, the MMR playground, evaluating, tuning and comparing.
@Suite struct MeasuringTests {
  @Test func pinnedDocumentsShowTheirRanksForEveryQuery() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(40)))
    try await app.press("j j p G p s number <space> 7 <enter>")
    try app.expectScreen("pins-120x40")
    let before = app.state.pins.report
    try await app.press("s <space> of <enter>")
    #expect(app.state.pins.report?.found.map(\.id) == app.state.pins.ids)
    #expect(app.state.pins.report != before)
  }

  @Test func aPinIsLetGoByTheSameKeyAndWithItsDocument() async throws {
    let app = try await AppDriver()
    try await app.press("p j p k p")
    #expect(app.state.pins.ids == [Samples.animals[1].id])
    try await app.press("j d y")
    #expect(app.state.pins.ids.isEmpty)
  }

  @Test func markedDocumentsArePinnedTogether() async throws {
    let app = try await AppDriver()
    try await app.press("<space> <space> p")
    #expect(app.state.pins.ids == [Samples.animals[0].id, Samples.animals[1].id])
  }

  @Test func withoutAQueryThereIsNothingToLookFor() async throws {
    let app = try await AppDriver()
    try await app.press("P")
    #expect(app.state.overlays.isEmpty)
    #expect(app.screen.contains("there is no query yet"))
  }

  @Test func whereIsItSaysEveryStage() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(40)))
    try await app.press("f page <space> >= <space> 2 <enter> s number <space> 7 <enter> G p P")
    try app.expectScreen("where-120x40")
  }

  @Test func anAnswerToAnOlderQueryIsDropped() async throws {
    var state = AppState(summary: FakeStore(Samples.animals).summary, size: Size(width: 120, height: 40))
    state.pins.ids = ["a"]
    state.pins.generation = 3
    _ = reduce(&state, .located(generation: 2, WhereaboutsReport(found: [], metric: .squaredL2)))
    #expect(state.pins.report == nil)
    _ = reduce(&state, .located(generation: 3, WhereaboutsReport(found: [], metric: .squaredL2)))
    #expect(state.pins.report != nil)
  }

  @Test func thePlaygroundChangesLambdaAndFetchKAndGivesThemToTheQuery() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> r j j")
    try app.expectScreen("playground-120x40")
    try await app.press("<left> <left> ] <enter>")
    #expect(app.state.overlays.isEmpty)
    let settings = app.state.query.settings
    #expect(settings.usesMMR && settings.lambda == 0.4 && settings.fetchK == 25)
    guard case .search(_, let request)? = app.store.effects.last(where: { $0.id == .search }) else {
      Issue.record("no search")
      return
    }
    #expect(request.mmr == .init(lambda: 0.4, fetchK: 25))
  }

  @Test func thePlaygroundAnswersToTheMouse() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> r")
    let lines = app.screen.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let y = try #require(lines.firstIndex { String($0).contains("[+]") })
    let x = try #require(lines[y].indices.first { lines[y][$0] == "[" && lines[y][$0 + 1] == "+" })
    try await app.send(.mouse(Mouse(point: Point(x: x + 1, y: y), action: .press)))
    guard case .mmr(let overlay)? = app.state.overlays.last else {
      Issue.record("the playground has closed")
      return
    }
    #expect(overlay.lambda == 0.55)
  }

  @Test func lambdaStaysBetweenItsEnds() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> r")
    for _ in 0..<30 { try await app.press("<right>") }
    guard case .mmr(let overlay)? = app.state.overlays.last else { return }
    #expect(overlay.lambda == 1)
  }

  @Test func evaluatingShowsTheTablesWhenItIsDone() async throws {
    let app = try await AppDriver()
    try await app.press("% my.jsonl <space> k=3 <space> | <space> k=3 <space> mmr <enter>")
    try app.expectScreen("evaluation-120x40")
  }

  @Test func evaluatingWithoutSettingsTakesThoseOfTheQuery() async throws {
    let app = try await AppDriver()
    try await app.press("V :eval <space> my.jsonl <enter>")
    guard case .evaluate("my.jsonl", let settings)? = app.store.effects.last else {
      Issue.record("no evaluation")
      return
    }
    #expect(settings.map(\.name) == ["k=10 mmr lambda=0.5 fetch_k=20"])
  }

  @Test func aSettingThatCannotBeReadIsSaid() async throws {
    let app = try await AppDriver()
    try await app.press(":eval <space> my.jsonl <space> k=many <enter>")
    #expect(app.screen.contains("\"k=many\" in a setting cannot be read"))
  }

  @Test func tuningRecommendsAndEnterUsesIt() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> ~")
    try app.expectScreen("tuning-120x40")
    try await app.press("<enter>")
    #expect(app.state.query.settings.effort == .nprobe(8))
    #expect(app.screen.contains("nprobe 8"))
    try await app.press(":effort <space> none <enter>")
    #expect(app.state.query.settings.effort == nil)
  }

  @Test func comparingStoresListsDocumentsAndAnswers() async throws {
    let app = try await AppDriver()
    try await app.press(":diff <space> /stores/birds <space> q.jsonl <enter>")
    try app.expectScreen("difference-120x40")
    try await app.press("j j <enter>")
    #expect(app.screen.contains("whole garden"))
    try await app.press("<esc> G k <enter>")
    #expect(app.screen.contains("where do cats sleep?"))
  }

  @Test func aStoreToCompareWithIsChosenFromTheList() async throws {
    let app = try await AppDriver()
    try await app.press("- <enter>")
    #expect(app.store.effects.contains { $0.id == .comparison })
    #expect(app.screen.contains("1 removed, 1 added, 1 changed, 2 with another vector; 7 in both"))
  }

  @Test func leavingAComparisonThatRunsCancelsIt() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.comparison]))
    try await app.press(":diff <space> /stores/birds <enter> <esc>")
    #expect(app.state.overlays.isEmpty && !app.state.jobs.isRunning(.comparison))
  }
}
