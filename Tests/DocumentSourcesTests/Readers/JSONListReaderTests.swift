import DocumentSources
import Testing
import VectorStore

@Suite struct JSONListReaderTests {
  @Test func everyElementIsADocumentWithItsLine() throws {
    let content = """
      [
        {"text": "a, [b] {c} \\"]\\"", "metadata": {"deep": [[1], {"x": "]"}]}},
        {"text": "b"}, {"text":
          "c"}
      ]

      """
    let documents = try read(content, as: "a.json").documents
    #expect(documents.map(\.text) == ["a, [b] {c} \"]\"", "b", "c"])
    #expect(documents.map(\.origin.line) == [2, 3, 3])
    #expect(documents[0].metadata == ["deep": [[1], ["x": "]"]]])
  }

  @Test func aBackslashBeforeTheClosingQuoteEndsTheText() throws {
    let documents = try read(#"[{"text": "a\\"}, {"text": "\\\""}]"#, as: "a.json").documents
    #expect(documents.map(\.text) == [#"a\"#, #"\""#])
  }

  @Test func anObjectAloneIsOneDocument() throws {
    #expect(try read("\u{feff} {\"text\": \"a\"}\n", as: "a.json").documents.map(\.text) == ["a"])
  }

  @Test func anEmptyListHasNoDocuments() throws {
    #expect(try read("[ \n ]", as: "a.json").documents.isEmpty)
  }

  @Test func badElementsAreErrorsWithTheirLineOrCounted() throws {
    let content = "[{\"text\": \"a\"},\n{\"text\": oops},\n7,\n,\n{\"text\": \"b\"}]"
    let error = try #require(refusal(content, as: "a.json"))
    #expect(error.code == .badJSON && error.line == 2)
    let (documents, report) = try read(content, as: "a.json", SourceSettings(skipsBad: true))
    #expect(documents.map(\.text) == ["a", "b"])
    #expect(report.badRecords.map(\.line) == [2, 3, 4])
  }

  @Test(arguments: [
    ("", 1), ("\n\n", 3), ("text", 1), ("[{\"text\": \"a\"}\n", 2), ("[{\"text\": \"a\"},\n]", 2),
    ("[{\"text\": \"a\"}]\n[]", 2), ("[\n{\"text\": \"a", 2), ("{\"text\": \"a\"}\n{\"text\": \"b\"}", 2),
    ("[]x", 1),
  ])
  func filesThatAreNotOneListAreRefused(content: String, line: Int) throws {
    let error = try #require(refusal(content, as: "a.json"))
    #expect(error.code == .badJSON && error.line == line, "\(error)")
  }

  @Test func nestingCannotExhaustTheStack() throws {
    let error = try #require(refusal("[" + String(repeating: "[", count: 1_000_000), as: "a.json"))
    #expect(error.code == .badJSON)
    let closed = "[" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_001)
    #expect(refusal(closed, as: "a.json")?.message.contains("nest deeper") == true)
  }

  @Test func encodingErrorsNameLineAndOffset() throws {
    let error = try #require(
      refusal(Array("[\n{\"text\":\n\"".utf8) + [0xff] + Array("\"}]".utf8), as: "a.json"))
    #expect(error.code == .badEncoding && error.line == 3 && error.byteOffset == 12)
  }
}
