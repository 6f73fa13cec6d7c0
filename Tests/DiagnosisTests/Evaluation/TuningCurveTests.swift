import Diagnosis
import Testing
import VectorStore

struct TuningCurveTests {
  private func curve(_ recalls: [Double], target: Double) -> TuningCurve {
    TuningCurve(
      points: recalls.enumerated().map {
        .init(effort: .nprobe(1 << $0.offset), recall: $0.element, milliseconds: 1)
      }, current: .nprobe(1), k: 10, queries: 5, exactMilliseconds: 8, target: target)
  }

  @Test func theLeastEffortThatIsEnoughIsRecommended() {
    #expect(curve([0.5, 0.9, 0.96, 1], target: 0.95).recommended?.effort == .nprobe(4))
  }

  @Test func whereNoneIsEnoughTheLeastOfTheBestIs() {
    #expect(curve([0.5, 0.8, 0.8], target: 0.95).recommended?.effort == .nprobe(2))
    #expect(curve([], target: 0.95).recommended == nil)
  }

  @Test func effortsAreDoubledUpToAllAndHoldWhatIsSet() {
    let efforts = TuningCurve.efforts(around: .efSearch(24), largest: 100)
    #expect(efforts.map(\.value) == [1, 2, 4, 8, 16, 24, 32, 64, 100])
    #expect(TuningCurve.efforts(around: .nprobe(1), largest: 1).map(\.value) == [1])
  }

  @Test func recallIsTheShareOfTheExactAnswer() {
    let exact = (0..<4).map { ScoredRow(row: $0, score: 0) }
    #expect(TuningCurve.recall(of: [exact[1], exact[3]], against: exact) == 0.5)
    #expect(TuningCurve.recall(of: [], against: []) == 1)
  }
}
