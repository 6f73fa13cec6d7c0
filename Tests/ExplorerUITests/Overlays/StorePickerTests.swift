import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// Choosing a store to open or to merge.
@Suite struct StorePickerTests {
  @Test func storesOpenedBeforeAreOfferedWithWhatTheyAre() async throws {
    let app = try await AppDriver()
    try await app.press("<C-o>")
    try app.expectScreen("store-picker")
    try await app.press("fish <enter>")
    #expect(app.store.effects.contains(.open(path: "/stores/fish", as: TabID(number: 2))))
    #expect(app.state.summary.name == "fish")
  }

  @Test func foldersAreGoneIntoAndOutOf() async throws {
    let app = try await AppDriver()
    try await app.press("<C-o> look <enter>")
    try app.expectScreen("store-picker-folder")
    try await app.press("notes <enter>")
    #expect(app.store.effects.contains(.listStores(folder: "/data/notes")))
    try await app.press("<backspace>")
    #expect(app.store.effects.filter { $0 == .listStores(folder: "/data") }.count == 2)
    try await app.press("faiss <enter>")
    #expect(app.state.summary.path == "/data/faiss_index")
  }

  @Test func aPathIsFollowedAsItIsTyped() async throws {
    let app = try await AppDriver()
    try await app.press("<C-o> / srv/ fai <enter>")
    #expect(
      app.store.effects.filter { $0.id == .stores }.suffix(2) == [
        .listStores(folder: "/"), .listStores(folder: "/srv/"),
      ])
    #expect(app.state.summary.path == "/srv/faiss_index")
  }

  @Test func whatIsTypedBeforeTheFolderIsReadIsKept() async throws {
    let app = try await AppDriver()
    try await app.press("<C-o>")
    var state = app.state
    for character in "/srv/fa" { _ = reduce(&state, .event(.key(.character(character)))) }
    _ = reduce(&state, .storesListed(FolderListing(path: "/", entries: []), asked: "/"))
    #expect(state.overlays.last?.field?.text == "srv/fa")
    let store = FolderListing.Entry(kind: .store, name: "faiss_index", path: "/srv/faiss_index")
    _ = reduce(&state, .storesListed(FolderListing(path: "/srv", entries: [store]), asked: "/srv/"))
    #expect(state.overlays.last?.field?.text == "fa")
    #expect(reduce(&state, .command(.fieldSubmit)).contains(.open(path: "/srv/faiss_index", as: nil)))
  }

  @Test func aPathCanBeTyped() async throws {
    let app = try await AppDriver()
    try await app.press("<C-o> elsewhere <enter>")
    #expect(app.store.effects.contains(.pickStore(path: "elsewhere", .open)))
    #expect(app.state.summary.name == "elsewhere")
  }

  @Test func aStoreToMergeIsChosenTheSameWay() async throws {
    let app = try await AppDriver()
    try await app.press("M birds <enter>")
    #expect(app.store.effects.contains(.planMerge(path: "/stores/birds", .skip)))
    #expect(app.screen.contains("merge into animals"))
  }

  @Test func withoutAStoreTheListOpensFirst() async throws {
    let app = try await AppDriver(summary: StoreSummary.none)
    try app.expectScreen("no-store")
    try await app.press("<esc> d")
    #expect(app.state.message?.text == "no store is open; Ctrl-o opens one")
    try await app.press("<C-o> birds <enter>")
    #expect(app.state.summary.name == "birds")
    #expect(app.state.tabBar.tabs.isEmpty)
    #expect(app.state.documents.count == 8)
  }

  @Test func withoutAStoreOneCanStillLeave() async throws {
    let app = try await AppDriver(summary: StoreSummary.none)
    try await app.press("<esc> q")
    #expect(app.isFinished)
  }

  @Test func aStoreThatCannotBeOpenedIsSaid() async throws {
    let store = FakeStore(Samples.animals)
    store.fail(.open, "/stores/birds/index.faiss: expected an index, found a web page")
    let app = try await AppDriver(store: store)
    try await app.press("<C-o> birds <enter>")
    #expect(app.state.summary.name == "animals")
    #expect(app.state.message?.kind == .error)
  }
}
