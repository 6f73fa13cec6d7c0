import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct ViewsTests {
  @Test func metadataKeysAreListedAndEnterFiltersByOne() async throws {
    let app = try await AppDriver()
    try await app.press("K")
    try app.expectScreen("metadata-keys")
    try await app.press("<enter> <enter>")
    #expect(app.state.filter.field.text == "lang = \"en\"")
  }

  @Test func aSourceIsReadWhereItsChunkIs() async throws {
    let app = try await AppDriver(size: (100, 24))
    try await app.press("j j j t")
    try app.expectScreen("source")
    let source = try #require(
      app.state.overlays.compactMap { if case .source(let source) = $0 { source } else { nil } }.last)
    let here = source.lines(app.state.arrangement).filter(\.isHere).map(\.text)
    #expect(here.contains("Birds sing before sunrise"))
  }

  @Test func aDocumentWithoutSourceSaysSo() async throws {
    let store = FakeStore([Document(id: "a", content: "text", metadata: [:])])
    let app = try await AppDriver(store: store)
    try await app.press("t")
    #expect(app.state.message?.text.contains("names no source") == true)
    #expect(app.state.overlays.isEmpty)
  }
}
