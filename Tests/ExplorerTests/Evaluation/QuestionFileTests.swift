import Diagnosis
import Explorer
import Foundation
import Testing
import VectorStore

struct QuestionFileTests {
  private func questions(_ text: String, _ ending: String, needsExpectations: Bool = true) throws
    -> [Question]
  {
    let path = NSTemporaryDirectory() + "fathom-questions-\(UUID().uuidString).\(ending)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try QuestionFile(path: path, needsExpectations: needsExpectations).questions
  }

  @Test func jsonLinesHoldIdsTextsAndMetadata() throws {
    let all = try questions(
      """
      {"question": "one", "expected_ids": ["a", 7], "expected_texts": "tide table"}
      {"question": "two", "expected_metadata": {"page": {"$gt": 2}}, "vector": [1, 0.5]}
      {"question": "three", "expected_metadata": "page = 3 and lang = en"}
      """, "jsonl")
    #expect(all.map(\.text) == ["one", "two", "three"])
    #expect(
      all[0].expectations == [.id("a"), .id("7"), .text(try #require(Passage("tide table")))])
    #expect(all[1].vector == [1, 0.5])
    #expect(
      all[1].expectations.first?.isMet(by: Document(id: "x", content: "", metadata: ["page": 3])) == true)
    #expect(all[2].expectations == [.metadata(try Filter(parsing: "page = 3 and lang = en"))])
  }

  @Test func tablesHoldIdsApartBySemicolons() throws {
    let all = try questions("question,expected_ids,note\nwho?,a; b,007\nwhat?,c,\n", "csv")
    #expect(all.map(\.expectations) == [[.id("a"), .id("b")], [.id("c")]])
  }

  @Test(arguments: [
    ("{\"question\": \"one\"}", "jsonl", ":1: a question needs one of expected_ids, expected_texts"),
    ("{\"question\": \"one\", \"expected_ids\": {}}", "jsonl", ":1: expected_ids must be a text or a list"),
    ("{\"question\": \"one\", \"expected_texts\": \" \"}", "jsonl", ":1: an expected text is blank"),
    (
      "\n{\"question\": \"one\", \"expected_metadata\": \"page >=\"}", "jsonl",
      ":2: expected_metadata cannot be read"
    ),
    ("{\"ask\": \"one\"}", "jsonl", "\"question\""), ("", "jsonl", "has no questions"),
    ("one", "txt", "questions are read from .jsonl"), ("id\n1\n", "csv", "\"question\""),
  ])
  func whatIsWrongIsNamedWithItsPlace(_ text: String, _ ending: String, _ message: String) {
    let error = #expect(throws: ExplorerError.self) { try questions(text, ending) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func questionsAloneWillDoWhereNothingIsExpected() throws {
    #expect(try questions("{\"question\": \"one\"}", "jsonl", needsExpectations: false).count == 1)
  }

  @Test func aFileThatIsNotThereIsNoInput() {
    let error = #expect(throws: ExplorerError.self) { try QuestionFile(path: "/nowhere/q.jsonl") }
    #expect(error?.code == .noInput)
  }
}
