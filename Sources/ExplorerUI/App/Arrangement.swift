import Terminal

/// Where everything is on a screen of some size: one answer for drawing, paging and the mouse.
public struct Arrangement: Sendable, Equatable {
  /// Below this nothing useful fits.
  public static let smallest = Size(width: 60, height: 15)
  private static let columnsFrom = 100

  public let size: Size
  public private(set) var header = Rect(x: 0, y: 0, width: 0, height: 0)
  public private(set) var footer = Rect(x: 0, y: 0, width: 0, height: 0)
  public private(set) var message = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Lines that the three panes below the query have together.
  private(set) var panesHeight = 0
  private let shares: PaneShares
  /// Lines that pinned documents ask for below the results.
  private let pins: Int
  private var panes: [PaneID: Rect] = [:]

  /// The frame of a pane; empty when it is not shown.
  public subscript(_ pane: PaneID) -> Rect { panes[pane] ?? Rect(x: 0, y: 0, width: 0, height: 0) }

  public var isTooSmall: Bool {
    size.width < Arrangement.smallest.width || size.height < Arrangement.smallest.height
  }

  /// `focus` and `activeList` decide which pane is tall when they are stacked.
  public init(
    size: Size, focus: PaneID, activeList: PaneID, isZoomed: Bool, shares: PaneShares = PaneShares(),
    pins: Int = 0
  ) {
    self.size = size
    self.pins = pins
    self.shares = shares
    guard !isTooSmall else { return }
    let lines = Rect(x: 0, y: 0, width: size.width, height: size.height)
      .rows([.fixed(1), .weight(1), .fixed(1), .fixed(1)])
    header = lines[0]
    footer = lines[2]
    message = lines[3]
    let tall = focus == .query || focus == .filter ? activeList : focus
    let parts = lines[1].rows([.fixed(3), .weight(1)])
    let fields = parts[0].columns(shares.fields(size.width).map { .fixed($0) })
    panesHeight = parts[1].height
    panes[.query] = fields[0]
    panes[.filter] = fields[1]
    arrange(in: parts[1], tall: tall, isZoomed: isZoomed)
  }

  private mutating func arrange(in rect: Rect, tall: PaneID, isZoomed: Bool) {
    let order: [PaneID] = [.documents, .results, .detail]
    let parts: [Rect]
    if isZoomed {
      panes[tall] = rect
      return
    } else if size.width >= Arrangement.columnsFrom {
      parts = rect.columns(shares.columns(rect.width).map { .fixed($0) })
    } else {
      let other = shares.stacked(in: rect.height)
      parts = rect.rows(order.map { $0 == tall ? .weight(1) : .fixed(other) })
    }
    for (pane, part) in zip(order, parts) where part.height > 0 { panes[pane] = part }
  }

  /// True when a list has room for the names of its columns.
  public func hasColumnTitles(_ pane: PaneID) -> Bool { self[pane].height >= 5 }

  /// Rows that a list shows at once.
  public func listHeight(_ pane: PaneID) -> Int {
    max(1, self[pane].height - (hasColumnTitles(pane) ? 3 : 2) - (pane == .results ? pinLines : 0))
  }

  /// Lines that pinned documents have below the results: results come first where there is little room.
  public var pinLines: Int {
    let room = self[.results].height - 7
    return room < 2 ? 0 : min(pins, room)
  }

  /// The pane under a point.
  public func pane(at point: Point) -> PaneID? {
    PaneID.allCases.first { self[$0].contains(point) }
  }

  /// The row of a list under a point, counted from the first one shown; nil beside the rows.
  public func listRow(of pane: PaneID, at point: Point) -> Int? {
    let inner = self[pane].inset(by: 1)
    guard inner.contains(point) else { return nil }
    let row = point.y - inner.y - (hasColumnTitles(pane) ? 1 : 0)
    return 0..<listHeight(pane) ~= row ? row : nil
  }

  /// The frame of a window over the panes, as large as its content asks for and the screen allows.
  public func overlay(width: Int, height: Int) -> Rect {
    let width = min(width, size.width - 4)
    let height = min(height, size.height - 2)
    return Rect(x: (size.width - width) / 2, y: (size.height - height) / 2, width: width, height: height)
  }
}

extension AppState {
  /// Where everything is now.
  var arrangement: Arrangement {
    Arrangement(
      size: size, focus: focus, activeList: activeList, isZoomed: isZoomed, shares: looks.shares,
      pins: pins.lines)
  }
}
