import Testing

@testable import VectorStore

struct RankScanTests {
  private static func random(_ count: Int, _ dimension: Int, seed: UInt64, metric: Metric) -> StoreVersion {
    var numbers = SeededNumbers(seed)
    // Coarse values make ties.
    let vectors = (0..<count).map { _ in
      (0..<dimension).map { _ in Float(Int.random(in: -2...2, using: &numbers)) }
    }
    return Stores.version((0..<count).map { "d\($0)" }, vectors, metric: metric)
  }

  @Test(arguments: [Metric.squaredL2, .innerProduct])
  func everyRankIsThePlaceInAnExactSearch(_ metric: Metric) async throws {
    let version = Self.random(300, 5, seed: 3, metric: metric)
    let query: [Float] = [1, -1, 0.5, 0, 2]
    let mask = try version.mask { $0.metadata["even"] == true }
    let all = try await version.search(query, k: 300)
    let some = try await version.search(query, k: 300, mask: mask)
    let standings = try await version.standings(of: Array(0..<300), for: query, mask: mask)
    for standing in standings {
      #expect(standing.rank == all.firstIndex { $0.row == standing.row }.map { $0 + 1 })
      #expect(standing.maskedRank == some.firstIndex { $0.row == standing.row }.map { $0 + 1 })
      #expect(all.first { $0.row == standing.row }?.score == standing.score)
    }
  }

  @Test func rowsAreCountedAfterDeletesAndAcrossParts() async throws {
    let store = VectorStore(Self.random(80, 3, seed: 5, metric: .squaredL2))
    try await store.delete(["d3", "d40", "d41"])
    _ = try await store.merge(
      Stores.version((0..<70).map { "e\($0)" }, (0..<70).map { [Float($0) / 9, 1, 0] }), named: "other",
      policy: .fail)
    let version = await store.current
    let found = try await version.search([0.3, 1, 0], k: version.count)
    let standings = try await version.standings(of: Array(0..<version.count), for: [0.3, 1, 0])
    #expect(standings.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }.map(\.row) == found.map(\.row))
  }

  @Test func tiesOfInnerProductsFallAsInFaissWhenAsked() async throws {
    let version = Stores.version(["a", "b", "c"], [[1, 0], [1, 0], [1, 0]], metric: .innerProduct)
    let standings = try await version.standings(of: [0, 1, 2], for: [1, 0], ties: .faiss)
    #expect(standings.map(\.rank) == [3, 2, 1])
  }

  @Test func aVectorThatIsNoNumberHasNoRank() async throws {
    let version = Stores.version(["a", "b"], [[.nan, 0], [1, 0]])
    let standings = try await version.standings(of: [0, 1], for: [1, 0])
    #expect(standings.map(\.rank) == [nil, 1])
  }

  @Test func aCancelledCountThrows() async throws {
    let version = Self.random(5000, 3, seed: 1, metric: .squaredL2)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await version.standings(of: [0], for: [0, 0, 0])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
