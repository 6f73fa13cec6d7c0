import Testing
import VectorStore

@testable import Explorer

@Suite struct NearnessTests {
  @Test func whatIsNearAQueryIsFoundWithinAThreshold() async throws {
    let path = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    let session = try await Session.open(path)
    let all = try await session.search(
      SearchRequest(query: .vector([Float](repeating: 0.1, count: 8)), k: 40))
    let limit = all.hits[6].score
    let ids = try await session.ids(
      near: .vector([Float](repeating: 0.1, count: 8)), within: limit, filter: nil)
    #expect(ids == all.hits.prefix(7).map(\.document.id))
    let even = try await session.ids(
      near: .vector([Float](repeating: 0.1, count: 8)), within: limit, filter: Filter(parsing: "page < 20"))
    #expect(Set(even).isSubset(of: Set(ids)) && even.count < ids.count)
  }

  @Test func likenessLeavesOutTheDocumentItself() async throws {
    let path = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    let session = try await Session.open(path)
    let ids = try await session.ids(near: .like(["doc-003"]), within: .infinity, filter: nil)
    #expect(ids.count == 39 && !ids.contains("doc-003"))
  }
}
