import Explorer
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct SortingTests {
  @Test func sortsByAMetadataKeyAndShowsItsColumn() async throws {
    let app = try await AppDriver()
    try await app.press(": columns <space> row <space> page <space> lang <space> content <enter>")
    try await app.press(": sort <space> -page <enter>")
    #expect(app.state.documents.order == RowOrder(.metadata("page"), isDescending: true))
    try app.expectScreen("sorted-columns")
    #expect(app.store.summary.isModified == false)
  }

  @Test func aListOffersTheKeysToSortBy() async throws {
    let app = try await AppDriver()
    try await app.press("o")
    try app.expectScreen("sort-picker")
    try await app.press("lang <enter>")
    #expect(app.state.documents.order == RowOrder(.metadata("lang")))
    try await app.press("O")
    #expect(app.state.documents.order.isDescending)
  }

  @Test func theOrderAsWrittenIsUnderstood() async throws {
    let app = try await AppDriver()
    for (words, order) in [
      ("page <space> desc", RowOrder(.metadata("page"), isDescending: true)),
      ("-id", RowOrder(.id, isDescending: true)),
      ("content", RowOrder(.content)), ("row", .standard),
    ] {
      try await app.press(": sort <space> \(words) <enter>")
      #expect(app.state.documents.order == order)
    }
    try await app.press(": sort <space> pgae <enter>")
    #expect(app.state.message?.text.contains("did you mean page?") == true)
    #expect(app.state.documents.order == .standard)
  }

  @Test func columnsAreShownAndHidden() async throws {
    let app = try await AppDriver()
    try await app.press("C lang <enter>")
    #expect(app.state.documents.columns == [.row, .id, .metadata("lang"), .content])
    try await app.press("<enter> <esc>")
    #expect(app.state.documents.columns == DocumentColumn.standard)
  }

  @Test func theLastColumnStays() async throws {
    let app = try await AppDriver()
    try await app.press(": columns <space> id <enter> C id <enter>")
    #expect(app.state.documents.columns == [.id])
  }

  @Test func completionKnowsTheKeys() async throws {
    let app = try await AppDriver()
    try await app.press(": sort <space> pa <tab> <enter>")
    #expect(app.state.documents.order == RowOrder(.metadata("page")))
    try await app.press(": theme <space> de <tab> <enter>")
    #expect(app.state.looks.themeName == "default")
  }
}

@Suite struct PastingTests {
  @Test(arguments: [
    ("plain", "plain"), ("two\nlines\tand a tab", "two\nlines and a tab"),
    ("\u{1B}[31mred\u{1B}[0m text", "red text"), ("\u{1B}]0;title\u{7}after", "after"),
    ("\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("a\u{0}b\u{8}c\u{7F}d\u{9B}2Je", "abcde"),
    ("\u{1B}", ""), ("\u{1B}[", ""), ("\u{1B}]never ends\nnext line", "\nnext line"), ("漢字 é", "漢字 é"),
  ])
  func escapeSequencesAreLeftOut(pasted: String, text: String) {
    #expect(PastedText(pasted).text == text)
  }

  @Test func aMillionCharactersAreOneEventAndOneLine() async throws {
    let app = try await AppDriver()
    try await app.press("f")
    try await app.send(.paste(String(repeating: "dyq\u{1B}[A\n", count: 130_000)))
    #expect(app.state.filter.field.text.count == PastedText.limit)
    #expect(app.state.message?.text.hasPrefix("only the first 200,000") == true)
    #expect(app.state.summary.count == 8)
    #expect(app.state.overlays.isEmpty)
  }

  @Test func aPasteWhereNothingIsTypedDoesNothing() async throws {
    let app = try await AppDriver()
    try await app.send(.paste("dyq"))
    #expect(app.state.summary.count == 8)
    #expect(app.state.overlays.isEmpty)
    #expect(app.state.message?.text.hasPrefix("nothing takes text here") == true)
  }

  @Test func columnsAndOrderAreAsTheyWereTheLastTime() async throws {
    var memory = StoreMemory()
    (memory.columns, memory.order) = (["row", "lang", "content"], "-page")
    let app = try await AppDriver(store: FakeStore(Samples.animals, memory: memory))
    #expect(app.state.documents.order == RowOrder(written: "-page"))
    #expect(app.state.documents.columns == [.row, .metadata("lang"), .content])
    #expect(app.state.documents.window?.rows.first?.document.metadata["page"] == 4)
    try await app.press(":sort <space> row <enter> :columns <space> standard <enter>")
    #expect(app.store.effects.last { $0.id == .queries } == .rememberList(columns: nil, order: nil))
  }
}
