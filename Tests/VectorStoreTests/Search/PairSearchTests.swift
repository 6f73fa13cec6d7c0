import CScan
import Synchronization
import Testing

@testable import VectorStore

@Suite struct PairSearchTests {
  @Test(arguments: ScanCase.paths.map(\.rawValue)) func pairsAreThoseOfAllSearches(path: UInt32) async throws
  {
    for seed in 0..<40 as Range<UInt64> {
      var numbers = SeededNumbers(seed)
      let version = Self.store(&numbers)
      let mask = seed % 3 == 0 ? try version.mask { ($0.id.text.last ?? "0") != "3" } : nil
      let rows = Self.rows(of: version, mask)
      var distances: [RowPair] = []
      for (number, first) in rows.enumerated() {
        for second in rows[(number + 1)...] {
          let score = Metric.squaredL2.score(
            try version.vector(atRow: first), try version.vector(atRow: second))
          distances.append(RowPair(first: first, second: second, squaredDistance: score))
        }
      }
      let known = distances.map(\.squaredDistance).filter(\.isFinite)
      for limit in [0, known.randomElement(using: &numbers) ?? 0, .infinity] {
        let search = try await PairSearch(
          version, mask: mask, mostRows: 7, path: cscan_path(rawValue: path))
        let found = try await search.pairs(within: limit)
        #expect(found == distances.filter { $0.squaredDistance <= limit }, "store \(seed), \(limit)")
      }
    }
  }

  @Test(arguments: ScanCase.paths.map(\.rawValue)) func theNearestAreThoseOfAScanWithoutTheRowItself(
    path: UInt32
  ) async throws {
    for seed in 0..<40 as Range<UInt64> {
      var numbers = SeededNumbers(seed)
      let version = Self.store(&numbers)
      let mask = seed % 3 == 0 ? try version.mask { ($0.id.text.last ?? "0") != "3" } : nil
      let k = Int.random(in: 1...4, using: &numbers)
      let search = try await PairSearch(version, mask: mask, mostRows: 7, path: cscan_path(rawValue: path))
      let found = try await search.nearest(k: k)
      #expect(found.count == version.count)
      let rows = Set(Self.rows(of: version, mask))
      for row in 0..<version.count {
        let others = try await version.search(try version.vector(atRow: row), k: version.count, mask: mask)
        let expected = rows.contains(row) ? others.filter { $0.row != row }.prefix(k) : []
        #expect(found[row] == Array(expected), "store \(seed), row \(row)")
      }
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

  /// Up to three parts with rows that were deleted, of the kinds that are hard for bounds.
  private static func store(_ numbers: inout SeededNumbers) -> StoreVersion {
    let dimension = Int.random(in: 1...200, using: &numbers)
    let metric: Metric = Bool.random(using: &numbers) ? .squaredL2 : .innerProduct
    let pieces = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
      let one = ScanCase(&numbers, dimension: dimension, count: Int.random(in: 1...24, using: &numbers))
      return StoreVersion.Piece(segment: one.part.segment, live: one.part.live)
    }
    return StoreVersion(dimension: dimension, metric: metric, pieces: pieces)
  }

  private static func rows(of version: StoreVersion, _ mask: RowMask?) -> [Int] {
    mask.map { version.rows(in: $0, offset: 0, limit: version.count) } ?? Array(0..<version.count)
  }
}
