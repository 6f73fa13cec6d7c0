import Testing

@testable import VectorStore

struct MMRTests {
  /// Two near copies close to the query, and one elsewhere.
  private let candidates: [[Float]] = [[1, 0.1], [1, 0.11], [0, 1]]

  private func picked(_ query: [Float], _ candidates: [[Float]], _ lambda: Double, _ k: Int) -> [Int] {
    MMRChoice(query: query, candidates: candidates, lambda: lambda, k: k).picked
  }

  @Test func theFirstPickIsTheMostSimilar() { #expect(picked([1, 0], candidates, 0.5, 1) == [0]) }

  @Test func aLowLambdaPrefersTheDifferentOne() { #expect(picked([1, 0], candidates, 0.1, 2) == [0, 2]) }

  @Test func lambdaOneOrdersByCosine() { #expect(picked([1, 0], candidates, 1, 3) == [0, 1, 2]) }

  @Test func zeroVectorsAndTooManyAreFine() {
    #expect(picked([0, 0], [[0, 0], [1, 1]], 0.5, 9).sorted() == [0, 1])
    #expect(picked([1], [], 0.5, 3).isEmpty)
    #expect(picked([1], [[1]], 0.5, -1).isEmpty)
  }

  @Test func everyCandidateSaysWhyItWasChosenOrNot() {
    let choice = MMRChoice(query: [1, 0], candidates: candidates, lambda: 0.1, k: 2)
    let (first, copy, other) = (choice.candidates[0], choice.candidates[1], choice.candidates[2])
    #expect(first.place == 0 && first.redundancy == nil && first.value == first.relevance)
    #expect(other.place == 1 && other.relevance == 0)
    #expect(other.redundancy?.pick == 0)
    #expect(copy.place == nil && copy.redundancy?.pick == 0)
    #expect((copy.redundancy?.cosine ?? 0) > 0.999)
    #expect(copy.value < other.value)
  }

  @Test func theReasonsAddUpToTheOrder() {
    var numbers = SeededNumbers(7)
    let vectors = (0..<40).map { _ in (0..<6).map { _ in Float.random(in: -1...1, using: &numbers) } }
    let choice = MMRChoice(query: vectors[0], candidates: Array(vectors.dropFirst()), lambda: 0.4, k: 12)
    #expect(choice.picked.map { choice.candidates[$0].place } == (0..<12).map { $0 })
    for candidate in choice.candidates {
      guard let redundancy = candidate.redundancy else { continue }
      #expect(candidate.value == Float(0.4) * candidate.relevance - Float(0.6) * redundancy.cosine)
      #expect(redundancy.pick < candidate.place ?? 12)
    }
    let last = choice.picked.last.map { choice.candidates[$0].value } ?? 0
    let left = choice.candidates.filter { $0.place == nil }
    // Those left were compared with one pick fewer when the last was chosen, so by no smaller value.
    #expect(left.allSatisfy { $0.redundancy?.pick == 11 || $0.value <= last })
  }
}
