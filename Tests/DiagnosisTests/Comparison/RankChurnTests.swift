import Diagnosis
import Testing

struct RankChurnTests {
  @Test func ranksBeforeAndAfterAreSetSideBySide() {
    let churn = RankChurn(from: ["a", "b", "c"], to: ["b", "a", "d"], k: 3)
    #expect(churn.entries.map(\.id) == ["a", "b", "c", "d"])
    #expect(churn.kept == 2 && churn.came.map(\.id) == ["d"] && churn.went.map(\.id) == ["c"])
    #expect(churn.moved.count == 2 && churn.overlap == 0.5 && !churn.isSame)
  }

  @Test func onlyTheFirstKAreCompared() {
    #expect(RankChurn(from: ["a", "b"], to: ["a", "c"], k: 1).isSame)
    #expect(RankChurn(from: [], to: [], k: 4).overlap == 1)
  }
}
