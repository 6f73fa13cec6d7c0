import Diagnosis
import Explorer
import Foundation
import Testing
import VectorStore

@testable import ExplorerUI

/// The window of findings, the documents behind one, and duplicates side by side.
@Suite struct HealthTests {
  private static let documents: [Document] =
    Samples.animals + [
      Samples.document("dup00001", "Cats sleep for most of the day and hunt at dusk", 9, "en"),
      Samples.document("dup00002", "Cats sleep for most of the day and hunt at dusk", 10, "en"),
      Samples.document("fold0001", "dogs chase  cats through the garden", 1, "en"),
      Samples.document("empty001", "", 11, "en"),
      Samples.document("ctl00001", "A bell\u{7} rings in the old harbour at night", 11, "en"),
    ]

  private func driver(_ size: (Int, Int) = (120, 30)) async throws -> AppDriver {
    let app = try await AppDriver(size: size, store: FakeStore(Self.documents))
    try await app.press("D")
    return app
  }

  @Test func findingsStandByTheirWeight() async throws {
    for size in [(120, 30), (80, 24)] {
      let app = try await driver(size)
      try app.expectScreen("health-\(size.0)x\(size.1)")
      let titles = ["duplicate contents", "duplicates but for case", "empty contents", "control characters"]
      let places = titles.compactMap { app.screen.range(of: $0)?.lowerBound }
      #expect(places.count == titles.count)
      #expect(places == places.sorted())
    }
  }

  @Test func aHealthyStoreSaysSo() async throws {
    let app = try await AppDriver(size: (80, 24), store: FakeStore(Array(Samples.animals.prefix(5))))
    try await app.press("D")
    #expect(app.screen.contains("nothing is wrong"))
  }

  @Test func duplicatesStandSideBySide() async throws {
    let app = try await driver()
    try await app.press("<enter>")
    try app.expectScreen("duplicates-120x30")
    let narrow = try await driver((80, 24))
    try await narrow.press("j <enter>")
    try narrow.expectScreen("duplicates-80x24")
  }

  @Test func theRestOfAGroupIsMarkedByRuleOrByHand() async throws {
    let app = try await driver()
    try await app.press("<enter> m")
    #expect(app.state.marks.all.map(\.id.text) == ["dup00001", "dup00002"])
    let newest = try await driver()
    try await newest.press("<enter> o m")
    #expect(newest.state.marks.all.map(\.row) == [0, 8])
    let byHand = try await driver()
    try await byHand.press("<enter> <space> M")
    #expect(byHand.state.marks.all.map(\.row) == [0, 9])
  }

  @Test func spaceMarksWhatAFindingIsAbout() async throws {
    let app = try await driver()
    try await app.press("<space>")
    #expect(app.state.marks.all.map(\.row) == [8, 9])
  }

  @Test func aFixAsksFirstIsOneEditAndUndoTakesItBack() async throws {
    let app = try await driver()
    try await app.press("x")
    #expect(app.screen.contains("fix duplicate contents?"))
    try await app.press("n")
    #expect(app.state.summary.count == 13)
    try await app.press("x y")
    #expect(app.state.summary.count == 11)
    #expect(app.state.health?.revision == app.state.summary.revision)
    try await app.press("<esc> u")
    #expect(app.state.summary.count == 13)
  }

  @Test func documentsOfAFindingAreListedAndReadWhole() async throws {
    let app = try await driver()
    try await app.press("G <enter>")
    try app.expectScreen("finding-documents")
    try await app.press("<enter>")
    #expect(app.screen.contains("A bell"))
  }

  @Test func aStoreThatWasExaminedIsNotExaminedAgainUnlessItWasEdited() async throws {
    let app = try await driver()
    try await app.press("<esc> D")
    #expect(app.store.effects.filter { $0 == .examine }.count == 1)
    try await app.press("<esc> d y D")
    #expect(app.store.effects.filter { $0 == .examine }.count == 2)
  }

  @Test func aCheckGoesOnWhenItsWindowIsClosed() async throws {
    let app = try await AppDriver(store: FakeStore(Self.documents, stalled: [.health, .spinner]))
    try await app.press("D")
    #expect(app.screen.contains("examining"))
    try await app.press("<esc> J")
    #expect(app.screen.contains("examining"))
  }

  @Test func wordsThatDifferAreBrokenIntoLinesAsOthersAre() {
    let difference = WordDifference("one two three four 猫", "one 2 three four 犬")
    let lines = DifferenceLine.wrapped(difference.old, width: 10)
    #expect(lines.map { $0.runs.map(\.text).joined() } == ["one two ", "three ", "four 猫"])
    #expect(lines[0].runs.map(\.isShared) == [true, false])
    #expect(lines[2].runs.map(\.isShared) == [true, false])
  }
}
