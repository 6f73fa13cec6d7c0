import Explorer
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct PanesTests {
  @Test func whatIsWrongWithTheStoreIsSaidOnOpening() {
    var summary = FakeStore(Samples.animals).summary
    summary.problems = [.init(code: "missing_document", message: "2 ids have no document")]
    let state = AppState(
      summary: summary, size: Size(width: 80, height: 24), problems: ["keys.toml: \"dd\" is no key"])
    #expect(state.message?.kind == .warning)
    #expect(state.message?.text == "2 ids have no document\nkeys.toml: \"dd\" is no key")
  }

  @Test func onlyRowsNearTheVisibleOnesAreLoaded() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(100_000)))
    try await app.press("G")
    #expect(app.state.documents.selectedRow?.row == 99_999)
    let window = try #require(app.state.documents.window)
    #expect(window.rows.count < 300)
    let loads = app.store.effects.filter { $0.id == .page }.count
    try await app.press("k k k")
    #expect(app.store.effects.filter { $0.id == .page }.count == loads)
  }

  /// The first rows, as a store gives them that is quick at last.
  private func arrive(_ state: inout AppState) -> [Effect] {
    let rows = Samples.animals.enumerated().map { Row(row: $0, document: $1) }
    let page = Page(revision: 0, matched: rows.count, total: rows.count, offset: 0, rows: rows)
    return reduce(&state, .pageLoaded(generation: state.documents.generation, page))
  }

  @Test func keysWaitForTheRowThatTheyAreFor() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.page]))
    try await app.press("<space> j <space> d")
    var state = app.state
    #expect(state.marks.isEmpty && state.message == nil)
    _ = arrive(&state)
    #expect(state.marks.all.map(\.row) == [0, 2])
    #expect(state.overlays.count == 1)
  }

  @Test func escapeForgetsTheKeysThatWait() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.page]))
    try await app.press("<space> j <esc> j")
    var state = app.state
    _ = arrive(&state)
    #expect(state.marks.isEmpty && state.heldKeys.isEmpty)
  }

  @Test func keysThatWaitForARowThatDoesNotComeSaySo() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.page]))
    try await app.press("<space>")
    var state = app.state
    _ = reduce(&state, .failed(.page, "the disk is gone"))
    #expect(state.heldKeys.isEmpty && state.marks.isEmpty)
  }

  @Test func whoHasGoneElsewhereStaysThereWhenTheTextIsFound() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.animals, stalled: [.find]))
    try await app.press("/ cats <enter>")
    var state = app.state
    _ = reduce(&state, .event(.key(.character("j"))))
    _ = reduce(&state, .found(text: "cats", place: 5))
    #expect(state.documents.list.selected == 1)
    state = app.state
    _ = reduce(&state, .found(text: "cats", place: 5))
    #expect(state.documents.list.selected == 5)
  }

  @Test func theDocumentPaneFollowsTheListLastFocused() async throws {
    let app = try await AppDriver()
    try await app.press("j")
    #expect(app.state.detail.loaded?.row.row == 1)
    try await app.press("s sleep <enter> j")
    #expect(app.state.detail.loaded?.row.row == app.state.results.selectedHit?.row)
    try await app.press("1")
    #expect(app.state.detail.loaded?.row.row == 1)
  }

  @Test func tabGoesThroughAllPanesAndBack() async throws {
    let app = try await AppDriver()
    var seen: [PaneID] = []
    for _ in PaneID.allCases {
      try await app.press("<tab>")
      seen.append(app.state.focus)
    }
    #expect(Set(seen).count == 5)
    #expect(app.state.focus == .documents)
    try await app.press("<S-tab>")
    #expect(app.state.focus == .filter)
  }

  @Test func clicksFocusAndSelectAndDoubleClicksOpen() async throws {
    let app = try await AppDriver()
    try await app.press("s cats")
    try await app.send(.mouse(Mouse(point: Point(x: 10, y: 8), action: .press)))
    #expect(app.state.focus == .documents)
    #expect(app.state.documents.list.selected == 2)
    try await app.send(.mouse(Mouse(point: Point(x: 50, y: 9), action: .doubleClick)))
    #expect(app.state.focus == .detail)
    #expect(app.state.results.list.selected == 3)
    try await app.send(.mouse(Mouse(point: Point(x: 5, y: 2), action: .press)))
    #expect(app.state.focus == .query)
  }

  @Test func theWheelScrollsThePaneUnderIt() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(100)))
    try await app.send(.mouse(Mouse(point: Point(x: 10, y: 8), action: .wheelDown)))
    #expect(app.state.documents.list.top == 3)
    #expect(app.state.focus == .documents)
  }

  @Test func resizingKeepsTheSelectionInSight() async throws {
    let app = try await AppDriver(store: FakeStore(Samples.many(100)))
    try await app.press("<pgdn> <pgdn>")
    let selected = app.state.documents.list.selected
    for size in [(80, 24), (60, 15), (300, 100), (10, 3), (120, 40)] {
      try await app.send(.resize(Size(width: size.0, height: size.1)))
      let list = app.state.documents.list
      #expect(list.selected == selected)
      guard !app.state.arrangement.isTooSmall else { continue }
      let height = app.state.arrangement.listHeight(.documents)
      #expect((list.top..<(list.top + height)).contains(selected), "\(size)")
    }
  }

  @Test(arguments: [(60, 15), (61, 19), (80, 24), (99, 40), (100, 15), (120, 40), (300, 100)])
  func panesTileTheScreen(_ width: Int, _ height: Int) {
    for focus in PaneID.allCases {
      for isZoomed in [false, true] {
        let list = focus == .results ? PaneID.results : .documents
        let arrangement = Arrangement(
          size: Size(width: width, height: height), focus: focus, activeList: list, isZoomed: isZoomed)
        let area = PaneID.allCases.map { arrangement[$0].width * arrangement[$0].height }.reduce(0, +)
        #expect(area == width * (height - 3), "\(focus)")
        let tall = focus == .query || focus == .filter ? list : focus
        #expect(arrangement[tall].height >= 6, "\(focus)")
      }
    }
  }

  @Test func longMessagesOpenInAWindow() async throws {
    let store = FakeStore(Samples.animals)
    store.fail(.edit, String(repeating: "the disk is full and ", count: 20) + "the end")
    let app = try await AppDriver(store: store)
    try await app.press("d y")
    #expect(app.screen.contains("! shows all"))
    try await app.press("!")
    #expect(app.screen.contains("the end"))
    try await app.press("<esc>")
    #expect(app.state.overlays.isEmpty)
  }

  @Test func commandsThatCanDoNothingSayWhy() async throws {
    let app = try await AppDriver()
    try await app.press("u")
    #expect(app.state.message?.text == "nothing to undo")
    try await app.press(":saev <enter>")
    #expect(app.state.message?.text.hasPrefix("there is no command \"saev\"") == true)
  }

  @Test func pastedTextIsNeverKeys() async throws {
    let app = try await AppDriver()
    try await app.send(.paste("dyq"))
    #expect(app.state.summary.count == 8 && !app.isFinished)
    try await app.press("s")
    try await app.send(.paste("two\nlines"))
    #expect(app.state.query.field.text == "two lines")
  }

  @Test func everyCommandCanBeDoneAnywhereWithoutTrapping() async throws {
    let app = try await AppDriver()
    try await app.press("s cats")
    for pane in PaneID.allCases {
      var base = app.state
      base.setFocus(pane)
      for command in Command.allCases {
        var state = base
        _ = reduce(&state, .command(command))
        let frame = draw(state, size: state.size, theme: .standard, unicode: true)
        #expect(!frame.text.isEmpty, "\(pane), \(command.rawValue)")
      }
    }
  }
}
