import Explorer
import Foundation
import Testing
import VectorStore

struct MMRExplanationTests {
  private static let basic = ConformanceTests.fixtures.appending(
    path: "stores/langchain-community-0.4.2/basic_l2"
  ).path

  /// The recorded MMR answers of LangChain, against what the playground shows for the same settings.
  @Test(arguments: ConformanceTests.stores) func theOrderShownIsTheAnswer(_ test: ConformanceTests.Case)
    async throws
  {
    let session = try await Session.open(test.path)
    for request in try test.mmrRequests() {
      guard let hits = try? await session.search(request).hits else { continue }
      let explanation = try await session.explainMMR(request)
      #expect(explanation.choice.picked.map { explanation.candidates[$0].row } == hits.map(\.row))
      #expect(explanation.candidates.indices.allSatisfy { explanation.candidates[$0].rank == $0 + 1 })
    }
  }

  @Test func theReasonNamesWhatItIsLike() async throws {
    let session = try await Session.open(Self.basic)
    var request = SearchRequest(query: .vector([1, 0, 0, 0, 0, 0, 0, 0]), k: 3)
    request.mmr = .init(lambda: 0.3, fetchK: 10)
    let explanation = try await session.explainMMR(request)
    #expect(explanation.candidates.count == 10)
    let (first, second) = (explanation.choice.picked[0], explanation.choice.picked[1])
    func reason(_ index: Int) -> String { explanation.reason(for: index, lambda: 0.3) { "\($0)" } }
    #expect(reason(first).hasPrefix("chosen first: the most similar to the query"))
    #expect(reason(second).hasPrefix("chosen as number 2: relevance"))
    #expect(
      reason(second).hasSuffix("most like \(explanation.candidates[first].document.id.short), number 1"))
    let left = try #require(explanation.choice.candidates.firstIndex { $0.place == nil })
    #expect(reason(left).hasPrefix("not chosen: relevance"))
  }
}

extension ConformanceTests.Case {
  /// The searches by MMR that were recorded with this store.
  func mmrRequests() throws -> [SearchRequest] {
    let expected = try expected()
    guard case .list(let operations)? = expected["ops"], case .list(let queries)? = expected["queries"] else {
      return []
    }
    return try operations.compactMap { operation in
      guard case .dictionary(let fields) = operation, fields["error"] == nil else { return nil }
      let request = try ConformanceTests.request(fields, queries)
      return request?.mmr == nil ? nil : request
    }
  }
}
