import Terminal

/// How the panes share the screen: where the dividers between them stand.
public struct PaneShares: Sendable, Equatable, Codable {
  /// Thousandths of the width, for the query, the documents and the results; the rest is the filter's and the
  /// document's.
  var query = 570
  var documents = 290
  var results = 460
  /// Lines of a pane that is not the tall one where panes are stacked.
  var stacked = 3

  public init() {}

  /// Panes never get narrower than this.
  static let narrowest = 16

  /// The widths of the three panes of a row; they fill it.
  func columns(_ width: Int) -> [Int] {
    let most = width - 2 * PaneShares.narrowest
    let first = clamp(width * documents / 1000, most)
    let second = clamp(width * results / 1000, width - first - PaneShares.narrowest)
    return [first, second, width - first - second]
  }

  /// The widths of query and filter.
  func fields(_ width: Int) -> [Int] {
    let first = clamp(width * query / 1000, width - PaneShares.narrowest)
    return [first, width - first]
  }

  private func clamp(_ length: Int, _ most: Int) -> Int {
    max(PaneShares.narrowest, min(length, most))
  }

  /// The lines of a pane that is not the tall one, on so many lines for all three; 0 hides it.
  func stacked(in height: Int) -> Int { height < 12 ? 0 : max(3, min(stacked, (height - 5) / 2)) }
}

/// A line between two panes that can be moved.
enum Divider: Sendable, Equatable {
  /// Between query and filter.
  case query
  /// Between documents and results, and between results and document.
  case documents, results
}

/// A divider that the mouse holds.
struct Drag: Sendable, Equatable {
  var divider: Divider
  var hasMoved = false
}

extension Arrangement {
  /// The divider under a point: the borders that two panes turn to each other.
  func divider(at point: Point) -> Divider? {
    func meets(_ left: PaneID, _ right: PaneID) -> Bool {
      let (a, b) = (self[left], self[right])
      guard !a.isEmpty, !b.isEmpty else { return false }
      if a.y == b.y {
        // The corners stay with the panes: there is something to read above and below.
        return (b.x - 1...b.x).contains(point.x) && point.y > a.y && point.y < a.maxY - 1
      }
      return (b.y - 1...b.y).contains(point.y) && (a.x..<a.maxX).contains(point.x)
    }
    if meets(.query, .filter) { return .query }
    if meets(.documents, .results) { return .documents }
    if meets(.results, .detail) { return .results }
    return nil
  }

  /// The shares after a divider was moved to a point.
  func moving(_ divider: Divider, to point: Point, _ shares: PaneShares) -> PaneShares {
    var shares = shares
    let total = max(1, size.width)
    func share(_ columns: Int) -> Int { (columns * 1000 + total - 1) / total }
    let isStacked = self[.results].y != self[.documents].y
    switch divider {
    case .query: shares.query = share(max(PaneShares.narrowest, point.x))
    case .documents where !isStacked:
      let both = self[.results].maxX
      let x = max(PaneShares.narrowest, min(point.x, both - PaneShares.narrowest))
      shares.documents = share(x)
      shares.results = share(both - x)
    case .results where !isStacked:
      let start = self[.results].x
      shares.results = share(
        max(PaneShares.narrowest, min(point.x, total - PaneShares.narrowest) - start))
    case .documents, .results: shares.stacked = stackedLines(divider, at: point.y)
    }
    return shares
  }

  /// What the panes beside the tall one get when a divider between stacked panes is moved to a line.
  private func stackedLines(_ divider: Divider, at y: Int) -> Int {
    let panes = [self[.documents], self[.results], self[.detail]]
    let tall = panes.indices.max { panes[$0].height < panes[$1].height } ?? 0
    let border = divider == .documents ? 1 : 2
    let (top, bottom) = (panes[0].y, panes[2].maxY)
    let lines = tall < border ? (bottom - y) / (3 - border) : (y - top) / border
    return max(3, min(lines, (bottom - top - 5) / 2))
  }
}

extension AppState {
  /// Gives the focused pane more room, or less, or all panes what they have at first.
  mutating func resizePane(_ command: Command) -> [Effect] {
    if command == .evenPanes {
      looks.shares = PaneShares()
      return remember()
    }
    let step = command == .widenPane ? 1 : -1
    let now = arrangement
    let isStacked = now[.results].y != now[.documents].y
    guard !isZoomed else {
      say("a pane that has the whole screen has no dividers; \(key(.zoom)) gives them back", .warning)
      return []
    }
    let point: (Divider, Point)
    switch focus {
    case .query: point = (.query, Point(x: now[.filter].x + 2 * step, y: 0))
    case .filter: point = (.query, Point(x: now[.filter].x - 2 * step, y: 0))
    case _ where isStacked:
      looks.shares.stacked = max(3, looks.shares.stacked(in: now.panesHeight) - step)
      return remember()
    case .documents: point = (.documents, Point(x: now[.results].x + 2 * step, y: 0))
    case .results: point = (.results, Point(x: now[.detail].x + 2 * step, y: 0))
    case .detail: point = (.results, Point(x: now[.detail].x - 2 * step, y: 0))
    }
    looks.shares = now.moving(point.0, to: point.1, looks.shares)
    return remember()
  }
}
