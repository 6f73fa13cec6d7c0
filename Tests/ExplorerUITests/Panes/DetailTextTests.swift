import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct DetailTextTests {
  @Test func theLengthIsCountedInCodePointsAsPythonDoes() {
    let text = DetailText(subject(width: 20), document("Zoe\u{308} 👩‍👩‍👧‍👦"), nil)
    #expect(text.characters == 12)
  }

  @Test func aNewWidthLaysTheDocumentOutAgain() async throws {
    let app = try await AppDriver(size: (120, 40))
    let before = try #require(app.state.detail.text)
    try await app.send(.resize(Size(width: 200, height: 60)))
    let after = try #require(app.state.detail.text)
    #expect(after.subject.width > before.subject.width)
    #expect(after.lines.count < before.lines.count)
  }

  @Test func aHiddenPaneIsNotLaidOut() async throws {
    let app = try await AppDriver(size: (120, 40))
    let before = try #require(app.state.detail.text)
    try await app.press("z j")
    #expect(app.state.detail.text?.subject == before.subject)
    try await app.press("z")
    #expect(app.state.detail.text?.subject.row == 1)
  }

  private func subject(width: Int) -> DetailText.Subject {
    .init(document: "a", row: 0, revision: 0, hasVector: false, width: width, wraps: true)
  }

  private func document(_ content: String) -> Document {
    Document(id: "a", content: Text(content), metadata: [:])
  }
}
