import Terminal
import Testing

@testable import ExplorerUI

/// Whole screens, as the files in Screens/ show them.
@Suite struct ScreenTests {
  @Test func mainScreenShowsAllFivePanes() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <space> sleep <enter> j")
    try app.expectScreen("main-120x40")
  }

  @Test func narrowScreenStacksThePanes() async throws {
    let app = try await AppDriver(size: (80, 24))
    try await app.press("s cats <enter>")
    try app.expectScreen("stacked-80x24")
  }

  @Test func narrowScreenGivesTheFocusedPaneTheRoom() async throws {
    let app = try await AppDriver(size: (80, 24))
    try await app.press("s cats <enter> <enter>")
    try app.expectScreen("stacked-detail-80x24")
  }

  @Test func smallestScreenStillShowsOnePane() async throws {
    let app = try await AppDriver(size: (60, 15))
    try app.expectScreen("smallest-60x15")
  }

  @Test func largeScreenFills() async throws {
    let app = try await AppDriver(size: (200, 60), store: FakeStore(Samples.many(1284)))
    try await app.press("f page <space> >= <space> 100 <enter> s number <enter> G")
    try app.expectScreen("large-200x60")
  }

  @Test func tooSmallScreenSaysSo() async throws {
    let app = try await AppDriver(size: (50, 12))
    try app.expectScreen("too-small-50x12")
  }

  @Test func helpListsTheFocusedPaneFirst() async throws {
    let app = try await AppDriver()
    try await app.press("?")
    try app.expectScreen("help")
  }

  @Test func helpIsSearchedByWordAndByKey() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("? undo")
    try app.expectScreen("help-undo")
    try await app.press("<C-u> Ctrl-s")
    try app.expectScreen("help-key")
  }

  @Test func wrongFilterShowsWhere() async throws {
    let app = try await AppDriver()
    try await app.press("f page <space> >= <space> and <space> lang")
    try app.expectScreen("filter-error")
  }

  @Test func filterNarrowsTheDocuments() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> de <enter>")
    try app.expectScreen("filter-match")
  }

  @Test func filterCompletesValuesWithTheirCounts() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("f pa <tab> = <space> 4 <space> and <space> la <tab> = <tab> <down> <down>")
    try app.expectScreen("filter-completion")
  }

  @Test func filterThatMatchesNothingSaysWhatToDo() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("f lang <space> = <space> xx <enter>")
    try app.expectScreen("filter-empty")
  }

  @Test func deletingAsksWithAListOfWhatGoes() async throws {
    let app = try await AppDriver()
    try await app.press("<space> <space> j <space> d")
    try app.expectScreen("delete-confirm")
  }

  @Test func deletingManySaysHowMany() async throws {
    let app = try await AppDriver(size: (100, 24), store: FakeStore(Samples.many(40)))
    try await app.press("<C-a> d")
    try app.expectScreen("delete-many")
  }

  @Test func savingShowsTheChanges() async throws {
    let app = try await AppDriver()
    try await app.press("j j j j d y M other_index <enter> <enter> <C-s>")
    try app.expectScreen("changes")
  }

  @Test func mergingShowsWhatWillCome() async throws {
    let app = try await AppDriver()
    try await app.press("M other_index <enter> <tab>")
    try app.expectScreen("merge")
  }

  @Test func otherScriptsLineUpAndControlCharactersAreVisible() async throws {
    let app = try await AppDriver(size: (120, 24), store: FakeStore(Samples.foreign, name: "語 \u{1B}]0;x"))
    try await app.press("j j j")
    try app.expectScreen("foreign-text")
  }

  @Test func rightToLeftTextStandsAsItIsReadAndMovesNoBorder() async throws {
    let rows = [
      Samples.document("rtl00001", "שלום עולם, page 12 of (3)", 1, "he"),
      Samples.document("rtl00002", "hello مرحبا بالعالم 1.5 end", 2, "ar"),
      Samples.document("rtl00003", "combining: Zoe\u{308} नमस्ते ไทย", 3, "hi"),
    ]
    let app = try await AppDriver(size: (120, 24), store: FakeStore(rows))
    try app.expectScreen("right-to-left")
    let frame = app.frame
    for pane in [PaneID.documents, .results, .detail] {
      let rect = app.state.arrangement[pane]
      for y in (rect.y + 1)..<(rect.maxY - 1) {
        #expect(
          frame[rect.x, y].content == .character("│") && frame[rect.maxX - 1, y].content == .character("│"))
      }
    }
  }

  @Test func largestScreenFills() async throws {
    let app = try await AppDriver(size: (300, 100), store: FakeStore(Samples.many(1284)))
    try await app.press("s number <enter>")
    let lines = app.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 100)
    #expect(TextWidth.columns(of: String(lines[50])) == 300)
  }

  @Test func everyRowOfAScreenWithForeignTextHasItsBordersInPlace() async throws {
    let app = try await AppDriver(size: (120, 24), store: FakeStore(Samples.foreign))
    let frame = app.frame
    let detail = app.state.arrangement[.detail]
    for y in (detail.y + 1)..<(detail.maxY - 1) {
      for x in [0, detail.x - 1, detail.x, detail.maxX - 1] {
        #expect(frame[x, y].content == .character("│"), "row \(y), column \(x)")
      }
    }
  }

  @Test func asciiBordersWhereTheLocaleHasNoOthers() async throws {
    let app = try await AppDriver(size: (80, 24), unicode: false)
    try await app.press("s cats <enter> <space>")
    try app.expectScreen("ascii-80x24")
    let screen = app.screen
    #expect(screen.allSatisfy { $0.isASCII })
  }

  @Test func emptyStoreSaysWhatToDo() async throws {
    let app = try await AppDriver(size: (100, 24), store: FakeStore([], name: "empty", embedder: nil))
    try app.expectScreen("empty-store")
  }

  @Test func quittingWithUnsavedChangesAsks() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("d y q")
    try app.expectScreen("quit-guard")
  }

  @Test func commandPromptCompletes() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press(": search")
    try app.expectScreen("command-prompt")
  }

  @Test func paletteFindsByAFewLetters() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("<C-p> mrg")
    try app.expectScreen("palette")
  }

  @Test func zoomGivesThePaneTheScreen() async throws {
    let app = try await AppDriver(size: (120, 24))
    try await app.press("3 z")
    try app.expectScreen("zoom-detail")
  }
}
