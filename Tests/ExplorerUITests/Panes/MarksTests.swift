import Testing

@testable import ExplorerUI

@Suite struct MarksTests {
  private func mark(_ id: String, _ row: Int) -> Marks.Mark {
    Marks.Mark(id: .init(id), row: row, content: "first\nsecond  \t third")
  }

  @Test func addingTwiceKeepsAndInvertingDrops() {
    var marks = Marks()
    marks.apply(.add, to: [mark("b", 2), mark("a", 1)])
    marks.apply(.add, to: [mark("a", 1)])
    #expect(marks.all.map(\.row) == [1, 2])
    marks.apply(.invert, to: [mark("a", 1), mark("c", 3)])
    #expect(marks.all.map(\.row) == [2, 3])
  }

  @Test func rememberTheContentAsOneLine() {
    #expect(mark("a", 0).line == "first second third")
  }
}
