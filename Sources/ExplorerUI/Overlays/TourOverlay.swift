import Terminal

/// Five hints for the first minute, each beside what it speaks of.
public struct TourOverlay: Sendable, Equatable {
  static let count = 5
  /// From 0.
  var step = 0

  private struct Hint {
    var title: String
    var text: String
    /// Where it points to; nil is the middle of the screen.
    var pane: PaneID?
  }

  private func hint(_ state: AppState) -> Hint {
    func key(_ command: Command) -> String { state.key(command) }
    switch step {
    case 0:
      return Hint(
        title: "ask",
        text: """
          Press \(key(.focusQuery)) and type a question. The nearest documents follow as you type, with the scores \
          that the index reports. \(key(.moreLikeThis)) finds more like the selected one.
          """, pane: .query)
    case 1:
      return Hint(
        title: "narrow",
        text: """
          \(key(.focusFilter)) types a filter such as page >= 3. It completes keys and values with their counts, \
          and every row that does not match is out of the ranking.
          """, pane: .filter)
    case 2:
      return Hint(
        title: "look around",
        text: """
          \(key(.nextPane)) goes from pane to pane, \(key(.zoom)) gives one the whole screen, \(key(.sort)) sorts. \
          The mouse works too: click, scroll, drag the borders, right click for a menu.
          """, pane: .documents)
    case 3:
      return Hint(
        title: "clean up",
        text: """
          \(key(.mark)) marks, \(key(.delete)) deletes after a question, \(key(.undo)) takes it back. Nothing on disk \
          changes before \(key(.save)), which first shows what differs.
          """, pane: .results)
    default:
      return Hint(
        title: "find the rest",
        text: """
          \(key(.help)) lists every key and is searched by typing, \(key(.palette)) finds a command by a few letters, \
          \(key(.theme)) changes the colours. \(key(.tour)) shows these hints again.
          """, pane: nil)
    }
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let hint = hint(state)
    let arrangement = state.arrangement
    let size = arrangement.size
    let width = min(58, size.width - 4)
    let lines = TextWidth.wrap(painter.plain(hint.text), to: width - 4)
    let height = lines.count + 3
    var rect = arrangement.overlay(width: width, height: height)
    if let pane = hint.pane, !arrangement[pane].isEmpty {
      let place = arrangement[pane]
      rect.x = max(0, min(place.x + 2, size.width - rect.width))
      // Below a line; inside a list.
      rect.y = place.height > 3 ? place.y + 2 : place.maxY
      rect.y = max(0, min(rect.y, size.height - 2 - rect.height))
    }
    painter.window(
      rect, title: "\(step + 1) of \(TourOverlay.count) · \(hint.title)",
      bottom: painter.hints(Overlay.tour(self).footer, state.keymap))
    for (offset, line) in lines.prefix(rect.height - 2).enumerated() {
      painter.write(line, x: rect.x + 2, y: rect.y + 1 + offset, .text, in: rect.inset(by: 1))
    }
  }
}

extension AppState {
  /// Goes through the hints; the end of them, and leaving them, is remembered.
  mutating func stepTour(_ tour: TourOverlay, _ command: Command) -> [Effect] {
    var tour = tour
    switch command {
    case .tourNext: tour.step += 1
    case .tourBack: tour.step = max(0, tour.step - 1)
    default: tour.step = TourOverlay.count
    }
    guard tour.step >= TourOverlay.count else {
      overlays[overlays.count - 1] = .tour(tour)
      return []
    }
    overlays.removeLast()
    looks.hasSeenTour = true
    return remember()
  }
}
