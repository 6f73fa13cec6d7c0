import Explorer
import Testing

struct TextPlotTests {
  @Test func curvesGoThroughTheirPoints() {
    var plot = TextPlot(width: 9, height: 3, horizontal: "k", vertical: "recall", verticalRange: 0...1)
    plot.add("rising", [.init(x: 1, y: 0), .init(x: 5, y: 1)])
    plot.add("flat", [.init(x: 1, y: 0.5), .init(x: 3, y: 0.5)])
    #expect(
      plot.lines == [
        "  recall", "  1.00 |      aaa", "       |bbbbba   ", "  0.00 |aa       ", "       +---------",
        "        1     5 k",
      ])
  }

  @Test func onePointAndNoneAreDrawnToo() {
    var plot = TextPlot(width: 4, height: 2, horizontal: "k", vertical: "y", verticalRange: 0...1)
    #expect(plot.lines.count == 5)
    plot.add("one", [.init(x: 2, y: 1)])
    #expect(plot.lines[1].contains("a"))
  }

  @Test func factorsAreAsFarApartAsEachOther() {
    var plot = TextPlot(
      width: 5, height: 5, horizontal: "nprobe", vertical: "y", verticalRange: 0...1, isLogarithmic: true)
    plot.add("one", [.init(x: 1, y: 0), .init(x: 4, y: 0.5), .init(x: 16, y: 1)])
    #expect(plot.lines[3] == "       |  a  ")
  }
}
