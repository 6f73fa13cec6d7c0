import Diagnosis
import Testing
import VectorStore

struct QuestionTests {
  private let document = Document(
    id: "a", content: "The  tide table\nhangs in the Harbour office.", metadata: ["page": 3])

  @Test func passagesAreFoundAcrossBreaksAndCase() throws {
    let passage = try #require(Passage("tide table hangs in the harbour"))
    #expect(Expectation.text(passage).isMet(by: document))
    #expect(!Expectation.text(try #require(Passage("tide tables"))).isMet(by: document))
    #expect(Passage(" \n") == nil)
  }

  @Test func eachExpectationIsMetOnItsOwn() throws {
    let question = Question(
      text: "where?",
      expectations: [.id("b"), .metadata(try Filter(parsing: "page = 3")), .id("a")])
    #expect(question.met(by: document) == [1, 2])
  }
}
