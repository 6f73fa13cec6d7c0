import Testing

@testable import VectorStore

struct MMRTests {
  /// Two near copies close to the query, and one elsewhere.
  private let candidates: [[Float]] = [[1, 0.1], [1, 0.11], [0, 1]]

  @Test func theFirstPickIsTheMostSimilar() {
    #expect(maximalMarginalRelevance(query: [1, 0], candidates: candidates, lambda: 0.5, k: 1) == [0])
  }

  @Test func aLowLambdaPrefersTheDifferentOne() {
    #expect(maximalMarginalRelevance(query: [1, 0], candidates: candidates, lambda: 0.1, k: 2) == [0, 2])
  }

  @Test func lambdaOneOrdersByCosine() {
    #expect(maximalMarginalRelevance(query: [1, 0], candidates: candidates, lambda: 1, k: 3) == [0, 1, 2])
  }

  @Test func zeroVectorsAndTooManyAreFine() {
    #expect(
      maximalMarginalRelevance(query: [0, 0], candidates: [[0, 0], [1, 1]], lambda: 0.5, k: 9).sorted() == [
        0, 1,
      ])
    #expect(maximalMarginalRelevance(query: [1], candidates: [], lambda: 0.5, k: 3).isEmpty)
    #expect(maximalMarginalRelevance(query: [1], candidates: [[1]], lambda: 0.5, k: -1).isEmpty)
  }
}
