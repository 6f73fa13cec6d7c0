import Testing

@testable import ExplorerUI

@Suite struct ListPositionTests {
  @Test func scrollsNoMoreThanNeeded() {
    var list = ListPosition()
    list.select(12, count: 100, height: 10)
    #expect((list.selected, list.top) == (12, 3))
    list.select(5, count: 100, height: 10)
    #expect((list.selected, list.top) == (5, 3))
    list.select(2, count: 100, height: 10)
    #expect((list.selected, list.top) == (2, 2))
  }

  @Test func staysWithinAListThatShrinks() {
    var list = ListPosition()
    list.select(99, count: 100, height: 10)
    list.select(list.selected, count: 4, height: 10)
    #expect((list.selected, list.top) == (3, 0))
    list.select(list.selected, count: 0, height: 10)
    #expect((list.selected, list.top) == (0, 0))
  }

  @Test func movesByPagesAndToTheEnds() {
    var list = ListPosition()
    _ = list.move(.pageDown, count: 100, height: 10)
    #expect(list.selected == 10)
    _ = list.move(.bottom, count: 100, height: 10)
    #expect((list.selected, list.top) == (99, 90))
    _ = list.move(.halfUp, count: 100, height: 10)
    #expect(list.selected == 94)
    _ = list.move(.top, count: 100, height: 10)
    #expect((list.selected, list.top) == (0, 0))
  }

  @Test func scrollingKeepsTheSelectionInSight() {
    var list = ListPosition()
    list.scroll(by: 5, count: 100, height: 10)
    #expect((list.selected, list.top) == (5, 5))
    list.scroll(by: 200, count: 100, height: 10)
    #expect(list.top == 90)
  }
}
