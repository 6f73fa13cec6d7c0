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

  @Test func aLongValueIsShownWholeOrOnOneLine() {
    let path = "/archive/2024/reports/a-long-name.pdf"
    let document = Document(id: "a", content: "text", metadata: ["source": .string(Text(path)), "page": 3])
    let whole = DetailText(subject(width: 30), document, nil).lines.map(\.text)
    #expect(whole.contains { $0.hasPrefix("source ") && $0.hasSuffix(" text") })
    let values = whole.map { $0.split(separator: " ") }.compactMap { $0.count == 3 ? $0[1] : $0.first }
    #expect(values.joined().contains(path))
    let cut = DetailText(subject(width: 30, wraps: false), document, nil).lines.map(\.text)
    #expect(cut.count < whole.count)
    #expect(cut.contains { $0.hasPrefix("source /archive/") && $0.contains("…") })
  }

  private func subject(width: Int, wraps: Bool = true) -> DetailText.Subject {
    .init(document: "a", row: 0, revision: 0, hasVector: false, width: width, wraps: wraps)
  }

  private func document(_ content: String) -> Document {
    Document(id: "a", content: Text(content), metadata: [:])
  }
}
