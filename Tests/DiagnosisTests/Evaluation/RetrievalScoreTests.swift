import Diagnosis
import Foundation
import Testing
import VectorStore

struct RetrievalScoreTests {
  private struct Case: Decodable {
    var k: Int
    var ranking: [String]
    var relevant: [String]
    var recall: Double
    var mrr: Double
    var ndcg: Double
  }

  /// Written by scripts/make-evaluation-fixtures.py.
  @Test func scoresAreThoseOfTrecEval() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/evaluation/trec_eval.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    #expect(cases.count == 400)
    for one in cases {
      let met = one.ranking.map { id in Set(one.relevant.firstIndex(of: id).map { [$0] } ?? []) }
      let score = RetrievalScore(met: met, expected: one.relevant.count, k: one.k)
      #expect(abs(score.recall - one.recall) < 1e-12)
      #expect(abs(score.reciprocalRank - one.mrr) < 1e-12)
      #expect(abs(score.ndcg - one.ndcg) < 1e-9, "\(one)")
    }
  }

  @Test func whatIsMetTwiceCountsOnce() {
    let score = RetrievalScore(met: [[0], [0], [1]], expected: 2, k: 3)
    #expect(score.recall == 1 && score.reciprocalRank == 1)
    #expect(score.ndcg < 1)
    #expect(RetrievalScore(met: [[0], [1], [0]], expected: 2, k: 3).ndcg == 1)
  }

  @Test func oneHitThatMeetsAllIsPerfect() {
    #expect(
      RetrievalScore(met: [[0, 1, 2]], expected: 3, k: 4)
        == RetrievalScore(recall: 1, reciprocalRank: 1, ndcg: 1))
  }

  @Test func hitsBehindKDoNotCount() {
    #expect(
      RetrievalScore(met: [[], [], [0]], expected: 1, k: 2)
        == RetrievalScore(recall: 0, reciprocalRank: 0, ndcg: 0))
  }

  @Test func theMeanOfNoneIsNone() {
    #expect(RetrievalScore.mean([]) == nil)
    let scores = [1.0, 0].map { RetrievalScore(recall: $0, reciprocalRank: $0, ndcg: $0) }
    #expect(RetrievalScore.mean(scores)?.recall == 0.5)
  }
}
