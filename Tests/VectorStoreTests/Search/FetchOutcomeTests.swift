import Testing

@testable import VectorStore

@Suite struct FetchOutcomeTests {
  @Test(arguments: 0..<30) func itIsWhatFilteringAfterTheFetchGives(seed: UInt64) async throws {
    var numbers = SeededNumbers(seed)
    let count = Int.random(in: 1...400, using: &numbers)
    let points = (0..<count).map { _ in
      (0..<3).map { _ in Float(Int.random(in: -9...9, using: &numbers)) }
    }
    let metric: Metric = seed % 2 == 0 ? .squaredL2 : .innerProduct
    let version = Stores.version((0..<count).map { "d\($0)" }, points, metric: metric)
    let wanted = Set((0..<count).filter { _ in Int.random(in: 0..<10, using: &numbers) == 0 })
    let mask = try version.mask { document in wanted.contains(Int(document.id.text.dropFirst()) ?? -1) }
    let query: [Float] = [1, -2, 3]
    let hits = try await version.search(query, k: 5, mask: mask)
    let fetchK = Int.random(in: 1...60, using: &numbers)
    let outcome = try await version.fetchOutcome(of: hits, for: query, fetchK: fetchK)

    let order = try await version.search(query, k: count, ties: .faiss).map(\.row)
    let ranks = hits.compactMap { hit in order.firstIndex(of: hit.row) }
    #expect(outcome.wanted == hits.count)
    #expect(outcome.returned == ranks.count { $0 < fetchK })
    #expect(outcome.needed == (ranks.max().map { $0 + 1 } ?? 0))
  }

  @Test func itIsSaidInWords() {
    let outcome = FetchOutcome(fetchK: 20, returned: 1, wanted: 10, needed: 417)
    #expect(
      outcome.description
        == "your application with fetch_k 20 gets 1 of these 10; the smallest fetch_k that gets all is 417")
  }
}
