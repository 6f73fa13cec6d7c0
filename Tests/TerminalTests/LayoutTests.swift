import Terminal
import Testing

struct LayoutTests {
  private let rect = Rect(x: 2, y: 1, width: 30, height: 10)

  @Test func partsCoverTheWhole() {
    let rows = rect.rows([.fixed(3), .weight(1), .weight(2), .fixed(1)])
    #expect(rows.map(\.height) == [3, 2, 4, 1])
    #expect(rows.map(\.y) == [1, 4, 6, 10])
    let columns = rect.columns([.weight(1), .weight(1), .weight(1)])
    #expect(columns.map(\.width) == [10, 10, 10])
    #expect(columns[2].maxX == rect.maxX)
  }

  @Test func thereIsNothingNegativeWhereThereIsNoRoom() {
    #expect(rect.rows([.fixed(8), .fixed(8), .weight(1)]).map(\.height) == [8, 2, 0])
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset().isEmpty)
  }
}
