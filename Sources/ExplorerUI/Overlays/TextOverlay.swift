import Terminal

/// A text too long for its place, such as a whole error.
public struct TextOverlay: Sendable, Equatable {
  public let title: String
  public let text: String
  public internal(set) var top = 0

  func lines(_ arrangement: Arrangement) -> [String] {
    let width = min(90, arrangement.size.width - 4) - 4
    return Printable.paragraphs(text).flatMap { TextWidth.wrap($0, to: max(1, width)) }
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 90, height: lines(arrangement).count + 4)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: title, bottom: painter.hints([.closeOverlay], state.keymap))
    for (offset, line) in lines(state.arrangement).dropFirst(top).prefix(height(state.arrangement))
      .enumerated()
    {
      painter.write(line, x: rect.x + 2, y: rect.y + 2 + offset, .text, in: rect.inset(by: 1))
    }
  }
}
