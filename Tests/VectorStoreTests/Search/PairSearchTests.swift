import CScan
import SearchCases
import Synchronization
import Testing

@testable import VectorStore

@Suite struct PairSearchTests {
  /// `make property-test` tries a thousand.
  @Test(arguments: ScanCase.paths.map(\.rawValue)) func answersAreThoseOfOneScanAfterTheOther(path: UInt32)
    async throws
  {
    for seed in 0..<12 as Range<UInt64> {
      var numbers = SeededNumbers(seed)
      let store = try StoreCase(&numbers)
      #expect(try await store.failure(cscan_path(rawValue: path)) == nil)
    }
  }

  @Test func whereTheDimensionHasNoCodesAllPairsAreScored() async throws {
    let dimension = Int(CSCAN_CODES_MAX_DIMENSION) + 1
    let version = Stores.version(
      ["a", "b", "c"], [0, 1, 1].map { [Float](repeating: $0, count: dimension) })
    let search = try await PairSearch(version)
    #expect(
      try await search.pairs(within: 1) == [RowPair(first: 1, second: 2, squaredDistance: 0)])
    #expect(try await search.nearest(k: 1).map { $0.map(\.row) } == [[1], [2], [1]])
  }

  @Test func moreEqualRowsThanAskedForAreNoAnswer() async throws {
    let version = Stores.version((0..<40).map { "\($0)" }, .init(repeating: [1, 2], count: 40))
    let search = try await PairSearch(version)
    #expect(try await search.pairs(within: 0, most: 779) == nil)
    #expect(try await search.pairs(within: 0, most: 780)?.count == 780)
    #expect(try await search.nearest(k: 2)[39].map(\.row) == [0, 1])
  }

  @Test func anEmptyStoreHasNoPairs() async throws {
    let search = try await PairSearch(StoreVersion(dimension: 3, metric: .squaredL2))
    #expect(try await search.pairs(within: 1) == [])
    #expect(try await search.nearest(k: 1) == [])
    #expect(try await PairSearch(Stores.line).nearest(k: 0) == [[], [], [], [], []])
  }

  @Test func progressEndsWithAllAndCancellingEndsTheSearch() async throws {
    let last = Mutex(0.0)
    let search = try await PairSearch(Stores.line)
    _ = try await search.pairs(within: 1) { share in last.withLock { $0 = max($0, share) } }
    #expect(last.withLock { $0 } == 1)
    let searching = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await search.nearest(k: 1)
    }
    await #expect(throws: CancellationError.self) { try await searching.value }
  }

  @Test func metricsThatOnlyFaissComputesAreRefused() async throws {
    let version = StoreVersion(dimension: 2, metric: .other(type: 2, argument: 0))
    let refusal = await #expect(throws: VectorStoreError.self) { try await PairSearch(version).nearest(k: 1) }
    #expect(refusal?.code == .unsupported)
  }

  @Test func fewerDimensionsAreMultipliedWherePairsAreFarApart() async throws {
    var numbers = SeededNumbers(5)
    let vectors = (0..<600).map { _ in (0..<256).map { _ in Float.random(in: -1...1, using: &numbers) } }
    let version = Stores.version(vectors.indices.map { "\($0)" }, vectors)
    let rows = try await PanelSet(version, mask: nil, mostRows: 100, path: cscan_best_codes_path())
    let join = PanelJoin(rows: rows, queries: nil)
    #expect(try join.width(radius: 1) == 64)
    #expect(try join.width(radius: 7) == 128)
    #expect(try join.width(radius: 100) == 256)
  }
}
