import Terminal
import Testing

@testable import ExplorerUI

@Suite struct MouseTests {
  private func send(_ action: Mouse.Action, _ x: Int, _ y: Int, to app: AppDriver) async throws {
    try await app.send(.mouse(Mouse(point: Point(x: x, y: y), action: action)))
  }

  /// Where a text stands on the screen.
  private func place(of text: String, in app: AppDriver) throws -> Point {
    for (y, line) in app.screen.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let range = String(line).range(of: text, from: String(line).startIndex) {
        return Point(x: TextWidth.columns(of: String(String(line)[..<range.lowerBound])), y: y)
      }
    }
    Issue.record("\(text) is not on the screen")
    return Point(x: 0, y: 0)
  }

  private func click(_ text: String, in app: AppDriver) async throws {
    let point = try place(of: text, in: app)
    try await send(.press, point.x, point.y, to: app)
  }

  @Test func everyEntryOfTheFooterDoesWhatItSays() async throws {
    let app = try await AppDriver()
    for command in app.state.focus.footer where command.disabledReason(in: app.state) == nil {
      let fresh = try await AppDriver()
      let byKey = try await AppDriver()
      let key = try #require(Keymap().label(of: command))
      let line = String(fresh.screen.split(separator: "\n", omittingEmptySubsequences: false)[38])
      guard line.contains("\(key) \(command.title)") else { continue }
      try await click("\(key) \(command.title)", in: fresh)
      let keys = try #require(Keymap().labels(of: command).first.flatMap(Key.sequence))
      for key in keys { try await byKey.send(.key(key)) }
      #expect(fresh.screen == byKey.screen, "\(command.rawValue)")
    }
  }

  @Test func aClickOutsideAWindowClosesItAndDoesNothingElse() async throws {
    for keys in ["?", "<C-p>", ":", "d", "T", "o", "."] {
      let app = try await AppDriver()
      let before = app.state
      try await app.press(keys)
      #expect(app.state.overlays.count == 1, "\(keys)")
      try await send(.press, 0, 0, to: app)
      #expect(app.state.overlays.isEmpty, "\(keys)")
      #expect(app.state.summary == before.summary)
      #expect(app.state.focus == before.focus)
    }
  }

  @Test func aClickInAWindowIsNotOneOnThePaneBelow() async throws {
    let app = try await AppDriver()
    try await app.press("?")
    try await send(.press, 60, 20, to: app)
    #expect(app.state.focus == .documents)
    #expect(app.state.documents.list.selected == 0)
  }

  @Test func hintsAtTheBottomOfAWindowAnswer() async throws {
    let app = try await AppDriver()
    try await app.press("d")
    try await click("n no", in: app)
    #expect(app.state.overlays.isEmpty)
    #expect(app.state.summary.count == 8)
    try await app.press("d")
    try await click("y yes", in: app)
    #expect(app.state.summary.count == 7)
  }

  @Test func paletteEntriesAreCarriedOut() async throws {
    let app = try await AppDriver()
    try await app.press("<C-p> zoom")
    try await click("Give the whole screen", in: app)
    #expect(app.state.overlays.isEmpty)
    #expect(app.state.isZoomed)
  }

  @Test func rightClickOpensAMenuOfWhatCanBeDoneThere() async throws {
    let app = try await AppDriver()
    try await send(.menu, 10, 8, to: app)
    guard case .choose(let menu) = app.state.overlays.last else {
      Issue.record("no menu")
      return
    }
    #expect(app.state.documents.list.selected == 2)
    let commands = (menu.items ?? []).compactMap {
      if case .command(let command) = $0.meaning { command } else { nil }
    }
    #expect(commands.contains(.delete) && commands.contains(.mark) && !commands.contains(.undo))
    try app.expectScreen("menu")
    try await click("mark all", in: app)
    #expect(app.state.marks.count == 8)
  }

  @Test func theMenuOpensByKeyAndIsNarrowedByTyping() async throws {
    let app = try await AppDriver()
    try await app.press(". zoom <enter>")
    #expect(app.state.isZoomed)
  }

  @Test func draggingABorderMovesItAndKeepsIt() async throws {
    let app = try await AppDriver()
    let before = app.state.arrangement[.documents]
    let border = before.maxX
    try await send(.press, border, 12, to: app)
    try await send(.drag, border + 15, 12, to: app)
    #expect(app.state.arrangement[.documents].width == before.width + 15)
    #expect(app.state.arrangement[.detail].x == 90 || app.state.arrangement[.detail].width > 0)
    try await send(.release, border + 15, 12, to: app)
    try await send(.drag, 5, 12, to: app)
    #expect(app.state.arrangement[.documents].width == before.width + 15)
    #expect(app.store.effects.contains { if case .remember = $0 { true } else { false } })
  }

  @Test func aBorderCannotBeDraggedOverAnother() async throws {
    let app = try await AppDriver()
    for x in [0, 119, 500] {
      let border = app.state.arrangement[.results].x
      try await send(.press, border, 12, to: app)
      try await send(.drag, x, 12, to: app)
      try await send(.release, x, 12, to: app)
      for pane in [PaneID.documents, .results, .detail] {
        #expect(app.state.arrangement[pane].width >= 16, "\(pane) at \(x)")
      }
      #expect(app.state.arrangement[.detail].maxX == 120)
    }
  }

  @Test func stackedPanesShareTheirLinesByDragging() async throws {
    let app = try await AppDriver(size: (80, 24))
    let border = app.state.arrangement[.results].y
    try await send(.press, 20, border, to: app)
    try await send(.drag, 20, border - 4, to: app)
    #expect(app.state.arrangement[.results].height == 5)
    #expect(app.state.arrangement[.detail].height == 5)
  }

  @Test func aBorderThatIsOnlyClickedBelongsToItsPane() async throws {
    let app = try await AppDriver()
    let border = app.state.arrangement[.results].x
    try await send(.press, border, 12, to: app)
    #expect(app.state.focus == .documents)
    try await send(.release, border, 12, to: app)
    #expect(app.state.focus == .results)
  }

  @Test func keysMoveTheBordersToo() async throws {
    let app = try await AppDriver()
    let width = app.state.arrangement[.documents].width
    try await app.press("> >")
    #expect(app.state.arrangement[.documents].width == width + 4)
    try await app.press("<")
    #expect(app.state.arrangement[.documents].width == width + 2)
    try await app.press("=")
    #expect(app.state.arrangement[.documents].width == width)
  }

  @Test func aClickOnAColumnTitleSorts() async throws {
    let app = try await AppDriver()
    try await click("content", in: app)
    #expect(app.state.documents.order == .init(.content))
    #expect(app.state.documents.selectedRow?.document.id.text.hasPrefix("a9913f0e") == true)
    try await click("content", in: app)
    #expect(app.state.documents.order == .init(.content, isDescending: true))
    try await click("content", in: app)
    #expect(app.state.documents.order == .standard)
  }

  @Test func aClickInALineMovesItsCursor() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <space> sleep")
    let point = try place(of: "sleep", in: app)
    try await send(.press, point.x, point.y, to: app)
    try await app.press("x")
    #expect(app.state.query.field.text.hasSuffix("xsleep"))
  }

  @Test func theMouseCanBeLeftToTheTerminal() async throws {
    let app = try await AppDriver()
    #expect(app.hearsMouse)
    try await app.press("<M-m>")
    #expect(!app.hearsMouse)
    try await app.press(": mouse <enter>")
    #expect(app.hearsMouse)
  }

  @Test func aDragEndsWhenTheWindowLosesTheKeyboard() async throws {
    let app = try await AppDriver()
    let border = app.state.arrangement[.results].x
    try await send(.press, border, 12, to: app)
    try await app.send(.focus(false))
    try await send(.drag, 80, 12, to: app)
    #expect(app.state.arrangement[.results].x == border)
  }

  @Test func everyCellMayBeClickedAtEverySize() async throws {
    for size in [(60, 15), (80, 24), (300, 100)] {
      let app = try await AppDriver(size: size)
      for (action, step) in [(Mouse.Action.press, 9), (.menu, 23), (.doubleClick, 19), (.wheelDown, 17)] {
        for y in stride(from: 0, to: size.1, by: step) {
          for x in stride(from: 0, to: size.0, by: step * 3) {
            try await send(action, x, y, to: app)
            while !app.state.overlays.isEmpty { try await send(.press, -1, -1, to: app) }
            try #require(!app.isFinished, "a click at \(x), \(y) ended the program")
          }
        }
      }
    }
  }
}
