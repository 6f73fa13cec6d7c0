import Diagnosis
import Explorer
import Foundation
import Testing
import VectorStore

struct CompareTests {
  private static let path = ConformanceTests.fixtures.appending(
    path: "stores/langchain-community-0.4.2/basic_l2"
  ).path

  private func copy() throws -> String {
    let target = NSTemporaryDirectory() + "fathom-compare-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: Self.path, toPath: target)
    return target
  }

  @Test func aStoreIsTheSameAsItself() async throws {
    let comparison = try await Session.open(Self.path).compare(with: Self.path)
    #expect(comparison.isSame && comparison.counts.shared == 40 && comparison.entries.isEmpty)
  }

  @Test func everyEditIsFound() async throws {
    let path = try copy()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let session = try await Session.open(path)
    let ids = try await session.page(offset: 0, limit: 4, filter: nil).rows.map(\.document.id)
    try await session.delete([ids[0]])
    _ = try await session.edit([ids[1]], MetadataEdit(setting: ["draft": true]))
    let comparison = try await session.compare(with: Self.path)
    #expect(comparison.counts.removed == 0 && comparison.counts.added == 1 && comparison.counts.changed == 1)
    #expect(comparison.counts.moved == 0 && comparison.counts.shared == 39 && !comparison.isSame)
    #expect(comparison.entries.map(\.document?.id) == [ids[0], ids[1]])
    #expect(comparison.entries[1].before?.metadata["draft"] == true)
    #expect(comparison.entries[1].after?.metadata["draft"] == nil)
  }

  @Test func answersToQuestionsAreComparedRankByRank() async throws {
    let path = try copy()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let session = try await Session.open(path)
    let vector = try await session.document("doc-003").vector
    let question = Question(text: "the third", vector: vector, expectations: [])
    try await session.delete(["doc-003"])
    let comparison = try await session.compare(with: Self.path, questions: [question], k: 5)
    let churn = try #require(comparison.answers.first?.churn)
    #expect(churn.came.map(\.id) == ["doc-003"] && churn.went.count == 1 && churn.kept == 4)
    #expect(churn.moved.allSatisfy { ($0.after ?? 0) == ($0.before ?? 0) + 1 })
    #expect(comparison.answerTable.last == ["4", "1", "1", "4", "the third"])
  }

  @Test func storesOfOtherDimensionsAreComparedByTheirDocuments() async throws {
    let other = ConformanceTests.fixtures.appending(path: "index-types/flat_l2").path
    let comparison = try await Session.open(Self.path).compare(with: other)
    #expect(comparison.notices.contains { $0.contains("8 and 16 dimensions") })
    #expect(!comparison.isSame)
  }

  @Test func aStoreThatIsNotThereIsNoInput() async throws {
    let error = await #expect(throws: ExplorerError.self) {
      try await Session.open(Self.path).compare(with: "/nowhere")
    }
    #expect(error?.code == .noInput)
  }
}
