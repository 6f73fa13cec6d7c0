import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct SearchingTests {
  /// A state with its first page, and nothing running.
  private func start() -> AppState {
    var state = AppState(summary: FakeStore(Samples.animals).summary, size: Size(width: 120, height: 40))
    _ = reduce(&state, .start)
    let rows = Samples.animals.enumerated().map { Row(row: $0.offset, document: $0.element) }
    _ = reduce(
      &state, .pageLoaded(generation: 1, Page(revision: 0, matched: 8, total: 8, offset: 0, rows: rows)))
    for slot in [EffectID.page, .detail, .embedder, .queries, .spinner] {
      _ = reduce(&state, .finished(slot))
    }
    return state
  }

  private func press(_ state: inout AppState, _ keys: String) -> [Effect] {
    keys.map { reduce(&state, .event(.key(.character($0)))) }.last ?? []
  }

  private func result(_ row: Int) -> SearchResult {
    let hit = Hit(rank: 1, row: row, score: 1, document: Samples.animals[row])
    return SearchResult(hits: [hit], matched: 8, scanned: 8, metric: .squaredL2)
  }

  @Test func typingWaitsBeforeItSearches() {
    var state = start()
    _ = press(&state, "s")
    #expect(press(&state, "cat") == [.wait(.searchDelay, milliseconds: 120)])
    let effects = reduce(&state, .elapsed(.searchDelay))
    var request = SearchRequest(query: .text("cat"))
    request.k = 10
    request.comparedFetchK = 20
    request.hasMeasures = true
    #expect(effects.first == .search(generation: state.query.generation, request))
  }

  @Test func answersToOlderQueriesAreDropped() {
    var state = start()
    _ = press(&state, "sc")
    _ = reduce(&state, .elapsed(.searchDelay))
    let old = state.query.generation
    _ = press(&state, "a")
    _ = reduce(&state, .searched(generation: old, result(1)))
    #expect(state.results.hits.isEmpty)
    _ = reduce(&state, .elapsed(.searchDelay))
    _ = reduce(&state, .searched(generation: state.query.generation, result(2)))
    #expect(state.results.hits.map(\.row) == [2])
  }

  @Test func spinnerAppearsOnlyAfterAWhileAndGoesWithTheWork() {
    var state = start()
    _ = press(&state, "sc")
    let effects = reduce(&state, .elapsed(.searchDelay))
    #expect(effects.contains(.wait(.spinner, milliseconds: 150)))
    #expect(state.jobs.spinner == nil)
    #expect(reduce(&state, .elapsed(.spinner)).contains(.wait(.spinner, milliseconds: 100)))
    #expect(state.jobs.spinner == 0)
    _ = reduce(&state, .searched(generation: state.query.generation, result(2)))
    _ = reduce(&state, .finished(.detail))
    #expect(reduce(&state, .finished(.search)).contains(.cancel(.spinner)))
    #expect(state.jobs.spinner == nil)
  }

  @Test func nothingWaitsWhileNothingRuns() {
    var state = start()
    #expect(press(&state, "j").allSatisfy { $0.id == .detail || $0.id == .spinner })
    _ = reduce(&state, .finished(.detail))
    #expect(reduce(&state, .elapsed(.spinner)).isEmpty)
  }

  @Test func escapeInTheQueryCancelsARunningSearchFirst() {
    var state = start()
    _ = press(&state, "sc")
    _ = reduce(&state, .elapsed(.searchDelay))
    #expect(reduce(&state, .event(.key(.escape))).contains(.cancel(.search)))
    #expect(state.focus == .query)
    _ = reduce(&state, .event(.key(.escape)))
    #expect(state.focus != .query)
  }

  @Test func emptyingTheQueryEmptiesTheResults() async throws {
    let app = try await AppDriver()
    try await app.press("s cats")
    #expect(!app.state.results.hits.isEmpty)
    try await app.press("<C-u>")
    #expect(app.state.results.result == nil)
  }

  @Test func arrowsMoveTheResultsWhileTyping() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <down> <down>")
    #expect(app.state.focus == .query)
    #expect(app.state.results.list.selected == 2)
    #expect(
      app.state.currentRow == app.state.results.selectedHit.map { Row(row: $0.row, document: $0.document) })
  }

  @Test func upInAnEmptyQueryBringsBackTheLastOne() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> s <C-u> dogs <enter> s <C-u> <up>")
    #expect(app.state.query.field.text == "dogs")
    try await app.press("<up>")
    #expect(app.state.query.field.text == "cats")
    try await app.press("<down>")
    #expect(app.state.query.field.text == "dogs")
  }

  @Test func moreLikeThisUsesTheMarkedRows() async throws {
    let app = try await AppDriver()
    try await app.press("<space> j <space> m")
    let ids = [Samples.animals[0].id, Samples.animals[2].id]
    let searches = app.store.effects.compactMap {
      if case .search(_, let request) = $0 { request.query } else { nil }
    }
    #expect(searches.last == .like(ids))
    #expect(app.state.focus == .results)
  }

  @Test func settingsChangeTheRequestAndSearchAgain() async throws {
    let app = try await AppDriver()
    try await app.press(
      "s cats <enter> ] :mmr <enter> :lambda <space> 0.3 <enter> :fetch-k <space> 50 <enter> L")
    guard case .search(_, let request) = app.store.effects.last(where: { $0.id == .search }) else {
      Issue.record("no search")
      return
    }
    #expect(request.k == 15)
    #expect(request.mmr == .init(lambda: 0.3, fetchK: 50))
    #expect(request.langchain && request.fetchK == 50)
    #expect(app.screen.contains("k 15 · as LangChain, fetch_k 50 · MMR lambda 0.3"))
  }

  @Test func aNumberIsExpectedForK() async throws {
    let app = try await AppDriver()
    try await app.press(":k <space> many <enter>")
    #expect(app.state.message?.kind == .error)
    #expect(app.state.query.settings.k == 10)
  }

  @Test func theFilterHoldsForDocumentsAndSearch() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> f lang <space> = <space> fr")
    #expect(app.state.documents.count == 1)
    #expect(app.state.results.hits.map(\.row) == [6])
  }

  @Test func aFilterThatDoesNotParseLeavesTheLastOneInForce() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> fr <space> and <space> page <space> >=")
    #expect(app.state.filter.problem != nil)
    #expect(app.state.documents.count == 1)
    try await app.press("<enter>")
    #expect(app.state.focus == .filter)
    #expect(app.state.message?.kind == .error)
  }

  @Test func textNeedsAnEmbedder() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, embedder: nil))
    try await app.press("s cats <enter>")
    #expect(!app.store.effects.contains { $0.id == .search })
    #expect(app.state.message?.text.contains("no embedder fits") == true)
  }

  @Test func aPastedVectorNeedsNoEmbedder() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, embedder: nil))
    try await app.press("s")
    try await app.send(.paste("[0.5, -1, 2e-3]"))
    try await app.press("<enter>")
    let requests = app.store.effects.compactMap {
      if case .search(_, let request) = $0 { request } else { nil }
    }
    #expect(requests.last?.query == .vector([0.5, -1, 0.002]))
  }

  @Test func anotherEmbedderAnswersTheQueryAgain() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> E hashing <enter>")
    #expect(app.store.effects.contains(.useEmbedder(.hashing)))
    #expect(app.store.effects.last?.id == .search)
    try await app.press("E hshing <enter>")
    #expect(app.state.message?.kind == .error)
    #expect(app.state.message?.text.contains("minilm") == true)
  }

  @Test func findGoesAroundAndNStepsOn() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(500)))
    try await app.press("/ number <space> 44 <enter>")
    #expect(app.state.documents.list.selected == 44)
    try await app.press("n")
    #expect(app.state.documents.list.selected == 440)
    #expect(app.state.documents.selectedRow?.row == 440)
    try await app.press("/ nowhere <enter>")
    #expect(app.state.message?.text == "\"nowhere\" is not here")
  }
}
