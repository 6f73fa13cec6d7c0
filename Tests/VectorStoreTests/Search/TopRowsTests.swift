import Testing

@testable import VectorStore

struct TopRowsTests {
  @Test(arguments: [Metric.squaredL2, .innerProduct], [1, 3, 10, 100])
  func keepsTheNearestInOrder(metric: Metric, k: Int) {
    var numbers = SeededNumbers(UInt64(k))
    // Few distinct scores make many ties.
    let scores = (0..<60).map { _ in Float(Int.random(in: 0..<8, using: &numbers)) }
    var best = TopRows(k: k, metric: metric)
    for row in scores.indices.shuffled(using: &numbers) { best.offer(row, scores[row]) }
    let expected = scores.enumerated().map { ScoredRow(row: $0, score: $1) }.sorted { a, b in
      if a.score != b.score { return metric == .innerProduct ? a.score > b.score : a.score < b.score }
      return a.row < b.row
    }
    #expect(best.sorted == Array(expected.prefix(k)))
  }

  @Test func notANumberIsNeverKept() {
    var best = TopRows(k: 2, metric: .squaredL2)
    best.offer(0, .nan)
    best.offer(1, .infinity)
    #expect(best.sorted == [ScoredRow(row: 1, score: .infinity)])
  }

  @Test func faissOrdersEqualInnerProductsByDescendingRow() {
    var best = TopRows(k: 2, metric: .innerProduct, ties: .faiss)
    for row in 0..<4 { best.offer(row, 1) }
    #expect(best.sorted.map(\.row) == [1, 0])
  }
}
