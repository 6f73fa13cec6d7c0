import Explorer
import VectorStore

/// The documents of the store under the filter.
///
/// Only the rows around the visible ones are loaded.
public struct DocumentsPane: Sendable, Equatable {
  public internal(set) var list = ListPosition()
  /// How the list is sorted: a view of the store, which keeps its own order.
  public internal(set) var order = RowOrder.standard
  public internal(set) var columns = DocumentColumn.standard
  /// The rows that are loaded; nil before the first answer.
  public internal(set) var window: Page?
  /// Rows under the filter, as the last answer said.
  public internal(set) var count = 0
  public internal(set) var total = 0
  /// Grows with every request; older answers are dropped.
  public internal(set) var generation = 0
  /// The rows asked for and not yet there.
  var awaited: Range<Int>?

  public var selectedRow: Row? { row(at: list.selected) }

  /// The row at a place of the filtered list; nil while it is not loaded.
  public func row(at place: Int) -> Row? {
    guard let window, window.rows.indices.contains(place - window.offset) else { return nil }
    return window.rows[place - window.offset]
  }

  /// Asks for the rows around the visible ones when they are not all there or on their way.
  mutating func load(height: Int, filter: Filter?, anew: Bool = false) -> [Effect] {
    let end = anew ? list.top + height : min(count, list.top + height)
    let visible = list.top..<max(list.top, end)
    if !anew {
      if let awaited, awaited.lowerBound <= visible.lowerBound, visible.upperBound <= awaited.upperBound {
        return []
      }
      if let window, awaited == nil {
        let loaded = window.offset..<(window.offset + window.rows.count)
        if loaded.lowerBound <= visible.lowerBound, visible.upperBound <= loaded.upperBound { return [] }
      }
    }
    let offset = max(0, list.top - 2 * height)
    let limit = max(64, 5 * height)
    awaited = offset..<(offset + limit)
    generation += 1
    return [.loadPage(generation: generation, offset: offset, limit: limit, filter: filter, order: order)]
  }

  /// Takes an answer; false when it is not the newest.
  mutating func take(_ page: Page, generation: Int, height: Int) -> Bool {
    guard generation == self.generation else { return false }
    window = page
    awaited = nil
    count = page.matched
    total = page.total
    list.select(list.selected, count: count, height: height)
    return true
  }
}
