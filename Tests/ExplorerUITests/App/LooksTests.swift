import Foundation
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct LooksTests {
  @Test func goingThroughThemesShowsThemAndLeavingTakesThatBack() async throws {
    let app = try await AppDriver()
    try await app.press("T")
    try app.expectScreen("theme-picker")
    try await app.press("<down>")
    #expect(app.state.looks.theme?.name == "nord")
    try await app.press("<esc>")
    #expect(app.state.looks.theme?.name == "default")
    #expect(!app.store.effects.contains { if case .remember = $0 { true } else { false } })
    try await app.press("T nor <enter>")
    #expect(app.state.looks.themeName == "nord")
    let memory = app.store.effects.compactMap { if case .remember(let memory) = $0 { memory } else { nil } }
      .last
    #expect(memory?.theme == "nord")
  }

  @Test func themesAreChosenByNameAndUnknownOnesSuggest() async throws {
    let app = try await AppDriver()
    try await app.press(": theme <space> nord <enter>")
    #expect(app.state.looks.themeName == "nord")
    try await app.press(": theme <space> nrod <enter>")
    #expect(app.state.message?.text == "there is no theme \"nrod\"; did you mean nord?")
    #expect(app.state.looks.themeName == "nord")
  }

  @Test func theTourHasFiveHintsAndIsRememberedAsSeen() async throws {
    let app = try await AppDriver()
    try await app.press(": tour <enter>")
    try app.expectScreen("tour")
    for step in 0..<5 {
      #expect(app.state.overlays == [.tour(TourOverlay(step: step))])
      try await app.press("<enter>")
    }
    #expect(app.state.overlays.isEmpty)
    #expect(app.state.looks.hasSeenTour)
  }

  @Test func theTourIsGivenOnceAndCanBeSkipped() throws {
    let summary = FakeStore(Samples.animals).summary
    let size = Size(width: 80, height: 24)
    var state = AppState(summary: summary, size: size, showsTour: true)
    #expect(state.overlays == [.tour(TourOverlay())])
    #expect(reduce(&state, .event(.key(.escape))).contains(.remember(state.looks.memory)))
    let again = AppState(summary: summary, size: size, memory: state.looks.memory, showsTour: true)
    #expect(again.overlays.isEmpty)
  }

  @Test(arguments: [(60, 15), (80, 24), (300, 100)]) func everyHintFitsTheScreen(size: (Int, Int))
    async throws
  {
    let app = try await AppDriver(size: size)
    try await app.press(": tour <enter>")
    for _ in 0..<5 {
      #expect(app.screen.contains("of 5"))
      #expect(app.screen.contains("next"))
      try await app.press("<enter>")
    }
  }

  @Test func theMouseOfOneStartIsNotRemembered() {
    var looks = Looks(ScreenMemory(), themeNames: [], hearsMouse: false)
    #expect(!looks.hearsMouse && looks.memory.mouse == nil)
    looks.toggleMouse()
    #expect(looks.hearsMouse && looks.memory.mouse == true)
  }

  @Test func whatWasChosenComesBack() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("memory-\(UUID().uuidString)")
      .path
    #expect(ScreenMemory.read(folder: folder) == ScreenMemory())
    var memory = ScreenMemory()
    memory.theme = "nord"
    memory.mouse = false
    memory.shares = PaneShares()
    memory.shares?.documents = 400
    try memory.write(folder: folder)
    #expect(ScreenMemory.read(folder: folder) == memory)
    for (path, permissions) in [(folder, 0o700), (folder + "/screen.json", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == permissions, "nobody else may read it")
    }
    try "{ nonsense".write(toFile: folder + "/screen.json", atomically: true, encoding: .utf8)
    #expect(ScreenMemory.read(folder: folder) == ScreenMemory())
  }

  @Test func sharesThatAFileMadeUpStillFillTheScreen() {
    var shares = PaneShares()
    for wild in [-5, 0, 1, 999, 100_000] {
      shares.documents = wild
      shares.results = wild
      shares.query = wild
      shares.stacked = wild
      for size in [(60, 15), (80, 24), (100, 30), (300, 100)] {
        let size = Size(width: size.0, height: size.1)
        let arrangement = Arrangement(
          size: size, focus: .results, activeList: .results, isZoomed: false, shares: shares)
        #expect(arrangement[.query].width + arrangement[.filter].width == size.width)
        #expect(arrangement[.results].width >= 16 && arrangement[.results].height >= 5, "\(wild) \(size)")
        #expect(arrangement[.detail].maxX <= size.width && arrangement[.detail].maxY <= size.height - 2)
      }
    }
  }
}
