import Testing
import VectorStore

@testable import Explorer

@Suite struct SearchArgumentTests {
  private func failure(_ change: (inout SearchRequest) -> Void) async throws -> ExplorerError? {
    let path = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    let session = try await Session.open(path)
    var request = SearchRequest(query: .like(["doc-003"]), k: 3)
    change(&request)
    do {
      _ = try await session.search(request)
      return nil
    } catch {
      return error as? ExplorerError
    }
  }

  @Test func numbersThatMeanNothingAreNamed() async throws {
    #expect(try await failure { $0.k = 0 }?.message.hasPrefix("k is 0") == true)
    #expect(try await failure { $0.k = -3 }?.message.hasPrefix("k is -3") == true)
    #expect(try await failure { $0.fetchK = 0 }?.message.hasPrefix("fetch_k is 0") == true)
    #expect(try await failure { $0.mmr = .init(lambda: 7) }?.message.hasPrefix("lambda is 7") == true)
    #expect(try await failure { $0.mmr = .init(lambda: .nan) }?.message.hasPrefix("lambda is nan") == true)
    #expect(try await failure { $0.k = .max } == nil)
  }

  @Test func aThresholdThatRemovesEverythingSaysHowNearTheNearestIs() async throws {
    let path = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    let session = try await Session.open(path)
    let result = try await session.search(
      SearchRequest(query: .like(["doc-003"]), k: 3, scoreThreshold: 0.0001))
    #expect(result.hits.isEmpty)
    let words = "no hit is within the threshold 0.0001; the nearest has"
    #expect(result.notices.contains { $0.hasPrefix(words) })
  }
}
