import Testing
import VectorStore

@testable import Diagnosis

@Suite struct SourceTextTests {
  private func source(_ chunks: [(String, Int?)]) -> SourceText {
    var source = SourceText()
    for (row, chunk) in chunks.enumerated() {
      source.append(
        Document(id: DocumentID("id\(row)"), content: Text(chunk.0), metadata: [:]), row: row, start: chunk.1)
    }
    return source
  }

  private let text = "It was a bright cold day in April, and the clocks were striking thirteen. Winston Smith slipped."

  private func chunk(_ range: Range<Int>) -> String { String(Array(text)[range]) }

  @Test func whatChunksShareIsShownOnce() {
    let chunks = [(chunk(0..<40), 0), (chunk(30..<70), 30), (chunk(55..<text.count), 55)]
    for withStart in [true, false] {
      let source = source(chunks.map { ($0.0, withStart ? $0.1 : nil) })
      #expect(source.chunks.map(\.overlap) == ["", chunk(30..<40), chunk(55..<70)])
      #expect(source.chunks.map(\.text).joined() == text)
      #expect(!source.chunks.contains(where: \.followsGap))
    }
  }

  @Test func missingTextIsSaid() {
    let source = source([(chunk(0..<20), 0), (chunk(40..<60), 40)])
    #expect(source.chunks.map(\.followsGap) == [false, true])
  }

  @Test func aStartThatDoesNotFitTheTextIsNotBelieved() {
    let source = source([("abcdefghijklmnop", 0), ("other text of no relation", 4)])
    #expect(source.chunks[1].overlap.isEmpty)
    #expect(source.chunks[1].text == "other text of no relation")
  }

  @Test func aFewSharedLettersAreChance() {
    #expect(source([("the end", nil), ("end of the road", nil)]).chunks[1].overlap.isEmpty)
  }

  @Test func aChunkThatIsAllOverlapAddsNothing() {
    let source = source([("a b c", nil), ("b c", nil)])
    #expect(source.chunks[1].overlap == "b c" && source.chunks[1].text.isEmpty)
  }

  @Test func aNewPageSharesNothing() {
    var source = SourceText()
    let repeated = Document(id: "a", content: "The same head line.", metadata: [:])
    source.append(repeated, row: 0, start: 0)
    source.startPage()
    source.append(repeated, row: 1, start: 0)
    #expect(source.chunks.map(\.text) == ["The same head line.", "The same head line."])
  }

  @Test func overlapsAreFoundInLongTextsOfOneLetter() {
    let letters = Array(repeating: Unicode.Scalar("a"), count: 5000)
    #expect(SourceText.overlap(of: letters, letters) == 5000)
  }
}
