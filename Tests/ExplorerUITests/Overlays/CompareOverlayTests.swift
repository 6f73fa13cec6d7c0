import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// One change, old and new side by side.
@Suite struct CompareOverlayTests {
  private func edited(_ size: (Int, Int)) async throws -> AppDriver {
    let app = try await AppDriver(
      size: size, composed: "Cats sleep by day.\nThey hunt at dusk, and 猫 is their name in Japanese.")
    try await app.press(":set <space> lang=de <enter> :set <space> draft=true <enter> c")
    try await app.press("<C-s> l")
    return app
  }

  @Test func oldAndNewStandSideBySide() async throws {
    try await edited((120, 30)).expectScreen("compare-120x30")
  }

  @Test func whereItIsNarrowTheyStandAboveEachOther() async throws {
    let app = try await edited((80, 24))
    try app.expectScreen("compare-80x24")
    try await app.press("G <esc>")
    #expect(app.screen.contains("changes · animals"))
  }

  @Test func whatIsTheSameIsNotMarked() {
    let old = Document(id: "a", content: "one\ntwo", metadata: ["k": 1, "gone": true])
    let new = Document(id: "a", content: "one\nthree", metadata: ["k": 1, "new": 2])
    let (before, after) = CompareOverlay(
      ChangeEntry(kind: .edited, row: 0, id: "a", content: "", before: old, after: new)
    ).columns(width: 40)
    #expect(before.count == after.count)
    #expect(before.filter(\.isDifferent).map(\.text) == ["gone  true", "", "two"])
    #expect(after.filter(\.isDifferent).map(\.text) == ["", "new  2", "three"])
  }

  @Test func aDeletedDocumentHasNoOtherSide() async throws {
    let app = try await AppDriver()
    try await app.press("d y <C-s> l")
    #expect(app.screen.contains("deleted by the save"))
  }
}
