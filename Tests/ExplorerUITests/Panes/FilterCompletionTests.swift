import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct FilterPlaceTests {
  @Test(arguments: [
    ("", FilterPlace.key(typed: "")),
    ("pa", .key(typed: "pa")),
    ("not dr", .key(typed: "dr")),
    ("page ", .comparison(typed: "")),
    ("page>", .comparison(typed: ">")),
    ("page >= ", .value(of: "page", typed: "")),
    ("page >=3", .value(of: "page", typed: "3")),
    ("page >= 3 ", .connective(typed: "")),
    ("page >= 3 and (la", .key(typed: "la")),
    ("lang = \"e", .value(of: "lang", typed: "\"e")),
    ("lang = \"two wo", .value(of: "lang", typed: "\"two wo")),
    ("lang = \"two ", .value(of: "lang", typed: "\"two ")),
    ("lang in [\"en\", ", .value(of: "lang", typed: "")),
    ("lang in [\"en\"] ", .connective(typed: "")),
    ("lang not in [", .value(of: "lang", typed: "")),
    ("`a key` = ", .value(of: "a key", typed: "")),
    ("{\"page\": ", .nothing),
  ]) func tellsWhatMayStandAtTheCursor(_ text: String, _ place: FilterPlace) {
    #expect(FilterPlace(before: text) == place)
  }

  @Test func aLongPasteIsNotScannedForWhatMayStandThere() {
    #expect(FilterPlace(before: String(repeating: "x", count: 200_000)) == .nothing)
  }
}

@Suite struct FilterCompletionTests {
  private func pane(_ text: String) -> FilterPane {
    var pane = FilterPane()
    pane.field = TextField(text)
    pane.completion.keys = [("page", 12), ("pages total", 9), ("lang", 4), ("not", 1)]
      .map { KeyCount(key: $0, count: $1) }
    pane.completion.values["lang"] = [Facet(value: "en", count: 961), Facet(value: "say \"hi\"", count: 2)]
    pane.completion.values["tags"] = [Facet(value: ["a"], count: 3), Facet(value: 4, count: 1)]
    return pane
  }

  private func completed(_ text: String) -> String {
    var pane = pane(text)
    _ = pane.complete()
    return pane.field.text
  }

  @Test func completesKeysAndValues() {
    #expect(completed("la") == "lang ")
    #expect(completed("page > 1 and la") == "page > 1 and lang ")
    #expect(completed("lang = ") == "lang = \"en\" ")
    #expect(completed("lang = \"s") == "lang = \"say \\\"hi\\\"\" ")
    #expect(completed("tags = ") == "tags = 4 ")
  }

  @Test(arguments: ["`pages total` = 3", "`not` = 1", "lang = \"say \\\"hi\\\"\""])
  func whatIsInsertedParses(_ text: String) throws {
    _ = try Filter(parsing: text)
  }

  @Test func quotesKeysThatAreNoPlainWords() {
    #expect(pane("").candidates.map(\.text) == ["page", "`pages total`", "lang", "`not`"])
  }

  @Test func aWordTypedToItsEndIsNotOffered() {
    #expect(pane("lang").candidates.isEmpty)
    #expect(pane("page").candidates.count == 2)
  }

  @Test func valuesAreReadOnceForEachKey() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> de <backspace> <backspace> en")
    #expect(app.store.effects.filter { $0 == .loadValues(of: "lang") }.count == 1)
    #expect(app.store.effects.filter { $0 == .loadKeys }.count == 1)
  }

  @Test func theBeginningOfAKeyFiltersNothing() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> de")
    #expect(app.state.documents.count == 1)
    try await app.press("<space> and <space> pa")
    #expect(app.state.documents.count == 1)
    #expect(app.state.filter.problem == nil)
    try await app.press("ge")
    #expect(app.state.filter.active == (try Filter(parsing: "lang = de and page")))
    try await app.press("<backspace> <enter>")
    #expect(app.state.documents.count == 0)
  }

  @Test func theFilterThatHoldsIsShownAsItIsRead() async throws {
    let app = try await AppDriver()
    try await app.press("f {\"lang\": <space> {\"$neq\": <space> \"de\"}} <enter>")
    #expect(app.screen.contains("means lang != \"de\""))
  }

  @Test func tabLeavesAnEmptyLineAndCompletesAnyOther() async throws {
    let app = try await AppDriver()
    try await app.press("f <tab>")
    #expect(app.state.focus != .filter)
    try await app.press("f la <tab>")
    #expect(app.state.focus == .filter)
    #expect(app.state.filter.field.text == "lang ")
  }

  @Test func arrowsChooseAndEnterTakes() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> <down> <down> <enter>")
    #expect(app.state.filter.field.text == "lang = \"de\" ")
    #expect(app.state.documents.count == 1)
    #expect(app.state.focus == .filter)
    try await app.press("<enter>")
    #expect(app.state.focus == .documents)
  }
}
