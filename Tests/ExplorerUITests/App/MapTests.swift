import Diagnosis
import Explorer
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct MapTests {
  private func map(_ app: AppDriver) throws -> MapOverlay {
    guard case .map(let map)? = app.state.overlays.last else {
      throw ExplorerError(.usage, "the map is not open")
    }
    return map
  }

  @Test func showsEveryDocumentAndTheHits() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> A")
    #expect(try map(app).view?.picture.shown == 8)
    #expect(try map(app).view?.hits.isEmpty == false)
    try app.expectScreen("map")
  }

  @Test func coloursByAKeyWithItsLegend() async throws {
    let app = try await AppDriver()
    try await app.press("A c lang <enter>")
    #expect(try map(app).view?.groups.map(\.name) == ["en", "de", "fr"])
    try app.expectScreen("map-language")
  }

  @Test func theFilterHoldsOnTheMapToo() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> en <enter> A")
    #expect(try map(app).view?.total == 6)
  }

  @Test func closerShowsLessAndAllShowsEverything() async throws {
    let app = try await AppDriver()
    try await app.press("A")
    let whole = try #require(try map(app).view?.picture.region)
    try await app.press("+")
    let near = try #require(try map(app).view?.picture.region)
    #expect(abs(near.width - whole.width / 2) < 1e-3)
    try await app.press("0")
    #expect(try map(app).view?.picture.region == whole)
  }

  @Test func thePictureMovesWhereThePointerWouldLeaveIt() async throws {
    let app = try await AppDriver(size: (60, 15))
    try await app.press("A")
    let whole = try #require(try map(app).view?.picture.region)
    for _ in 0..<40 { try await app.press("l") }
    let moved = try #require(try map(app).view?.picture.region)
    #expect(moved.x.lowerBound > whole.x.lowerBound && moved.y == whole.y)
  }

  @Test func selectedPointsAreMarkedAndOnlyThey() async throws {
    let app = try await AppDriver()
    try await app.press("A g")
    for _ in 0..<60 { try await app.press("h") }
    try await app.press("v G")
    let half = try #require(try map(app).selected(app.state.arrangement))
    try await app.press("<space>")
    let marked = app.state.marks.count
    #expect(app.store.effects.last == .collectRegion(half, filter: nil))
    #expect(marked < 8)
    try await app.press("<esc> A <space>")
    #expect(app.state.marks.count == 8)
  }

  @Test func enterGoesToTheNearestDocument() async throws {
    let app = try await AppDriver()
    try await app.press("A")
    let row = try #require(try map(app).view?.nearest?.row)
    try await app.press("<enter>")
    #expect(app.state.overlays.isEmpty && app.state.documents.list.selected == row)
  }

  @Test func aClickPutsThePointerThereAndADragSelects() async throws {
    let app = try await AppDriver()
    try await app.press("A")
    let canvas = try map(app).canvas(app.state.arrangement)
    let point = Point(x: canvas.x + 5, y: canvas.y + 3)
    try await app.send(.mouse(Mouse(point: point, action: .press)))
    #expect(try map(app).pointer == MapPlace(column: 5, line: 3))
    try await app.send(.mouse(Mouse(point: Point(x: canvas.x + 9, y: canvas.y + 6), action: .drag)))
    #expect(try map(app).corner == MapPlace(column: 5, line: 3))
    #expect(try map(app).pointer == MapPlace(column: 9, line: 6))
  }

  @Test func anotherSizeAsksForAnotherPicture() async throws {
    let app = try await AppDriver()
    try await app.press("A")
    try await app.send(.resize(Size(width: 80, height: 24)))
    let canvas = try map(app).canvas(app.state.arrangement)
    #expect(try map(app).view?.picture.width == canvas.width)
    #expect(try map(app).view?.picture.height == canvas.height)
  }
}
