import Testing

@testable import ExplorerUI

@Suite struct SparklineTests {
  @Test func itGoesFromTheLowestToTheHighest() {
    #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7], columns: 8).text == "▁▂▃▄▅▆▇█")
    #expect(Sparkline([0, 0, 8, 8], columns: 2).text == "▁█")
  }

  @Test func fewNumbersTakeFewColumns() {
    #expect(Sparkline([1], columns: 40).text.count == 1)
    #expect(Sparkline([], columns: 40).text.isEmpty)
  }

  @Test func whatIsNoNumberIsSeen() {
    #expect(Sparkline([0, .nan, 1], columns: 3).text == "▁·█")
    #expect(Sparkline([.nan], columns: 3).text == "·")
  }
}
