/// Where a list stands: the selected row and the first one shown, both counted from 0.
public struct ListPosition: Sendable, Equatable {
  public private(set) var selected = 0
  public private(set) var top = 0
  /// Where a range of marks was started.
  public var anchor: Int?

  public init() {}

  /// Rows from the anchor to the selection; nil without an anchor.
  public var range: ClosedRange<Int>? { anchor.map { min($0, selected)...max($0, selected) } }

  /// Selects a row, as near as there is one, and scrolls no more than needed to show it.
  public mutating func select(_ row: Int, count: Int, height: Int) {
    selected = max(0, min(row, count - 1))
    let height = max(1, height)
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
    top = max(0, min(top, count - height))
    if let old = anchor { anchor = count == 0 ? nil : min(old, count - 1) }
  }

  /// Scrolls without leaving the selection behind.
  public mutating func scroll(by rows: Int, count: Int, height: Int) {
    top = max(0, min(top + rows, count - max(1, height)))
    selected = max(top, min(selected, top + max(1, height) - 1, count - 1))
    selected = max(0, selected)
  }

  /// Carries out a movement command; false when it is none.
  public mutating func move(_ command: Command, count: Int, height: Int) -> Bool {
    switch command {
    case .down: select(selected + 1, count: count, height: height)
    case .up: select(selected - 1, count: count, height: height)
    case .pageDown: select(selected + height, count: count, height: height)
    case .pageUp: select(selected - height, count: count, height: height)
    case .halfDown: select(selected + height / 2, count: count, height: height)
    case .halfUp: select(selected - height / 2, count: count, height: height)
    case .top: select(0, count: count, height: height)
    case .bottom: select(count - 1, count: count, height: height)
    default: return false
    }
    return true
  }
}
