import Explorer
import Testing
import VectorStore

@testable import ExplorerUI

/// Scores in other numbers.
@Suite struct ScoreLensTests {
  private func hit(_ query: [Float], _ vector: [Float], score: Float) -> Hit {
    var hit = Hit(rank: 1, row: 0, score: score, document: Samples.animals[0])
    hit.measures = Measures(query, vector)
    return hit
  }

  @Test func allNumbersAreOfTheSameTwoVectors() throws {
    let hit = hit([3, 4], [4, 3], score: 2)
    #expect(ScoreLens.squaredL2.value(of: hit) == 2)
    #expect(ScoreLens.l2.value(of: hit) == 2.0.squareRoot())
    #expect(ScoreLens.innerProduct.value(of: hit) == 24)
    #expect(ScoreLens.cosine.value(of: hit) == 24.0 / 25)
    #expect(ScoreLens.relevance(.euclideanDistance).value(of: hit) == 1 - 2 / 2.0.squareRoot())
  }

  @Test func whichWayIsNearerIsSaid() {
    #expect(ScoreLens.index.legend(.squaredL2) == "L2², lower is nearer")
    #expect(ScoreLens.index.legend(.innerProduct) == "inner product, higher is nearer")
    #expect(ScoreLens.cosine.legend(.squaredL2) == "cosine, higher is nearer")
    #expect(
      ScoreLens.relevance(.maxInnerProduct).legend(.innerProduct)
        == "relevance, lower is nearer")
  }

  @Test func aRelevanceBelowZeroIsOddAndADistanceIsNot() {
    #expect(ScoreLens.relevance(.euclideanDistance).isOdd(-0.4))
    #expect(!ScoreLens.relevance(.euclideanDistance).isOdd(0.4))
    #expect(!ScoreLens.l2.isOdd(14))
  }

  @Test func aKeyGoesThroughAllOfThemAndBack() {
    for metric in [Metric.squaredL2, .innerProduct] {
      var lens = ScoreLens.index
      var seen: [ScoreLens] = []
      repeat {
        seen.append(lens)
        lens = lens.next(for: metric)
      } while lens != .index
      #expect(seen == ScoreLens.all(for: metric))
      #expect(seen.count == 5)
    }
  }

  @Test func everyNameThatIsOfferedIsOne() {
    for name in ScoreLens.names.split(separator: ",") {
      #expect(ScoreLens(written: name.filter { $0 != " " }, metric: .squaredL2) != nil, "\(name)")
    }
    #expect(ScoreLens(written: "angle", metric: .squaredL2) == nil)
  }

  @Test func theScreenShowsTheLens() async throws {
    let app = try await AppDriver(size: (100, 30))
    try await app.press("s cats <enter> S S")
    try app.expectScreen("lens-cosine")
    try await app.press(":lens <space> relevance <enter>")
    try app.expectScreen("lens-relevance")
    try await app.press(":lens <space> angle <enter>")
    #expect(app.state.message?.kind == .error)
  }
}
