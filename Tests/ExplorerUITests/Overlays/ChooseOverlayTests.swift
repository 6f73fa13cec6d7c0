import Explorer
import Testing
import VectorStore

@testable import ExplorerUI

/// Lists to choose from: facets, edits, queries.
@Suite struct ChooseOverlayTests {
  @Test func aFacetBecomesAFilter() async throws {
    let app = try await AppDriver()
    try await app.press("@")
    try app.expectScreen("facet-keys")
    try await app.press("lang <enter>")
    try app.expectScreen("facet-values")
    try await app.press("<enter>")
    #expect(app.state.filter.field.text == "lang = \"en\"")
    #expect(app.state.overlays.isEmpty)
    try await app.press(":facets <space> page <enter> <down> <enter>")
    #expect(app.state.filter.field.text.hasPrefix("lang = \"en\" and page = "))
    #expect(app.state.filter.problem == nil)
  }

  @Test func aFacetCanBeExcluded() async throws {
    let app = try await AppDriver()
    try await app.press(":facets <space> lang <enter> <C-x>")
    #expect(app.state.filter.field.text == "not (lang = \"en\")")
    #expect(app.state.activeFilter != nil)
  }

  @Test func enterWaitsForAListThatIsStillBeingRead() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.choices]))
    try await app.press(":facets <space> lang <enter> de <enter>")
    #expect(app.screen.contains("values of lang"))
    var state = app.state
    _ = reduce(
      &state, .facetsLoaded(of: "lang", [Facet(value: "en", count: 3), Facet(value: "de", count: 2)]))
    #expect(state.overlays.isEmpty && state.filter.field.text == "lang = \"de\"")
    try await app.press("<esc>")
    #expect(app.state.overlays.isEmpty)
  }

  @Test func whatIsTypedAfterEnterIsNotTaken() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.choices]))
    try await app.press(":facets <space> lang <enter> <enter> d")
    var state = app.state
    _ = reduce(
      &state, .facetsLoaded(of: "lang", [Facet(value: "en", count: 3), Facet(value: "de", count: 2)]))
    #expect(!state.overlays.isEmpty && state.filter.field.text.isEmpty)
  }

  @Test func aFilterWithAnOrIsKeptTogether() async throws {
    let app = try await AppDriver()
    try await app.press("f page <space> = <space> 1 <space> or <space> page <space> = <space> 2 <enter>")
    try await app.press(":facets <space> lang <enter> <enter>")
    #expect(app.state.filter.field.text == "(page = 1 or page = 2) and lang = \"en\"")
  }

  @Test func theEditsOfTheSessionAreNamedAndGoneTo() async throws {
    let app = try await AppDriver()
    try await app.press("d y d y d y u H")
    try app.expectScreen("edit-history")
    try await app.press("<down> <down> <enter>")
    #expect(app.store.effects.contains(.travel(-2)))
    #expect(app.state.summary.count == 8)
    try await app.press("H <pgup> <enter>")
    #expect(app.store.effects.contains(.travel(3)))
    #expect(app.state.summary.count == 5)
  }

  @Test func earlierQueriesAreAskedAgain() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> <M-h>")
    #expect(app.screen.contains("an earlier query"))
    try await app.press("earl <enter>")
    #expect(app.state.query.field.text == "an earlier query")
    #expect(app.store.effects.contains(.rememberQuery("cats")))
  }

  @Test func documentsAreMarkedByAFilter() async throws {
    let app = try await AppDriver()
    try await app.press(":mark <space> page <space> = <space> 1 <enter>")
    #expect(app.state.marks.count > 0)
    #expect(app.state.marks.all.allSatisfy { Samples.animals[$0.row].metadata["page"] == 1 })
    try await app.press(":mark <space> page <space> = <enter>")
    #expect(app.state.message?.kind == .error)
  }

  @Test func chunksOfASourceFollowEachOther() async throws {
    let app = try await AppDriver()
    try await app.press("} }")
    #expect(app.state.documents.list.selected == 2)
    try await app.press("{ { {")
    #expect(app.state.documents.list.selected == 0)
    #expect(app.state.message?.text == "this is the first chunk of its source")
  }
}
