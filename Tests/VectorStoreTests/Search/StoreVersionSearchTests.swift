import Testing

@testable import VectorStore

struct StoreVersionSearchTests {
  @Test func squaredDistancesComeNearestFirst() async throws {
    let found = try await Stores.line.search([0.9, 0], k: 3)
    #expect(found.map(\.row) == [1, 0, 2])
    #expect(abs(found[0].score - 0.01) < 1e-6)
  }

  @Test func innerProductsComeLargestFirst() async throws {
    let version = Stores.version(["a", "b", "c"], [[1, 0], [3, 0], [2, 0]], metric: .innerProduct)
    let found = try await version.search([1, 0], k: 2)
    #expect(found == [ScoredRow(row: 1, score: 3), ScoredRow(row: 2, score: 2)])
  }

  @Test func aMaskRanksItsRowsOnly() async throws {
    let version = Stores.line
    let mask = try version.mask { $0.metadata["even"] == true }
    #expect(mask.count == 3)
    #expect(try await version.search([0.9, 0], k: 5, mask: mask).map(\.row) == [0, 2, 4])
  }

  @Test func deletedRowsAreNotFoundAndOthersMoveUp() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["b"])
    let found = try await store.current.search([1, 0], k: 2)
    #expect(found.map(\.row) == [0, 1])
  }

  @Test func equalDistancesAreOrderedByRow() async throws {
    let version = Stores.version(["a", "b", "c", "d"], [[1, 0], [0, 1], [-1, 0], [0, -1]])
    #expect(try await version.search([0, 0], k: 3).map(\.row) == [0, 1, 2])
  }

  @Test func aQueryOfAnotherDimensionSaysBoth() async {
    await #expect(throws: VectorStoreError.self) { try await Stores.line.search([1, 2, 3], k: 1) }
  }

  @Test func notANumberFindsNothingAndRowsOfItAreNotFound() async throws {
    #expect(try await Stores.line.search([.nan, 0], k: 3).isEmpty)
    let version = Stores.version(["a", "b"], [[.nan, 0], [1, 0]])
    #expect(try await version.search([0, 0], k: 3).map(\.row) == [1])
  }

  @Test func severalThreadsAnswerLikeOne() async throws {
    var numbers = SeededNumbers(7)
    let dimension = 33
    let count = 70_000
    // Coarse values, so that equal distances occur on both sides of the cut between the threads.
    let values = (0..<count * dimension).map { _ in Float(Int.random(in: 0..<2, using: &numbers)) }
    let documents = (0..<count).map { Document(id: DocumentID("\($0)"), content: "") }
    let version = StoreVersion(
      dimension: dimension, metric: .squaredL2,
      segments: [Segment(vectors: Vectors(values, dimension: dimension), documents: documents, origin: .file)]
    )
    let query = [Float](repeating: 0.5, count: dimension - 1) + [1]
    let found = try await version.search(query, k: 50)
    var plain = TopRows(k: 50, metric: .squaredL2)
    for row in 0..<count {
      var score: Float = 0
      for place in 0..<dimension {
        let difference = query[place] - values[row * dimension + place]
        score += difference * difference
      }
      plain.offer(row, score)
    }
    #expect(found == plain.sorted)
  }

  @Test func aCancelledSearchStops() async throws {
    let version = Stores.line
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await version.search([0, 0], k: 1)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func pagesOfAMaskCoverAllItsRows() throws {
    let (version, _) = try Stores.line.merging(
      Stores.version(["x", "y", "z"], [[0, 1], [0, 2], [0, 3]]), named: "other", policy: .fail)
    let mask = try version.mask { $0.metadata["even"] == true }
    #expect(version.rows(in: mask, offset: 0, limit: 100) == [0, 2, 4, 5, 7])
    #expect(version.rows(in: mask, offset: 2, limit: 2) == [4, 5])
    #expect(version.rows(in: mask, offset: 4, limit: 9) == [7])
    #expect(version.rows(in: mask, offset: 5, limit: 9).isEmpty)
  }

  @Test func unitLengthIsRecognised() throws {
    #expect(try Stores.version(["a", "b"], [[0.6, 0.8], [0, 1]]).looksNormalized())
    #expect(try !Stores.line.looksNormalized())
  }
}
