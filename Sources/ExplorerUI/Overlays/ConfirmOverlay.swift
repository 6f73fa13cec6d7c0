import Terminal
import VectorStore

/// A question before something that loses or changes much.
public struct ConfirmOverlay: Sendable, Equatable {
  public enum Question: Sendable, Equatable {
    case delete([Marks.Mark])
    case quit
    case reload
  }

  public let question: Question

  private static let longestList = 10

  private func title(_ state: AppState) -> String {
    switch question {
    case .delete(let marks): "delete \(CountText.of(marks.count, "document"))?"
    case .quit: "unsaved changes"
    case .reload: "read the store again?"
    }
  }

  private func lines(_ state: AppState) -> [(text: String, role: StyleName)] {
    switch question {
    case .delete(let marks):
      let shown = marks.prefix(ConfirmOverlay.longestList).map { mark -> (text: String, role: StyleName) in
        let id = TextWidth.pad(Printable.line(mark.id.short), to: 8, alignment: .left)
        return ("\(NumberText.padded(mark.row, to: 7))  \(id)  \(mark.line)", StyleName.text)
      }
      let rest = marks.count - shown.count
      var lines = shown
      if rest > 0 { lines.append(("and \(NumberText.grouped(rest)) more", .dim)) }
      lines.append(("", .text))
      let count = state.summary.count
      let counts = "\(NumberText.grouped(count)) → \(NumberText.grouped(count - marks.count)) documents"
      let way = "nothing on disk changes before you save; \(state.key(.undo)) takes it back"
      lines.append(("\(counts); \(way)", .dim))
      return lines
    case .quit:
      return [
        ("\(state.summary.name) has changes that are not saved:", .text),
        (ChangeText.summary(state.summary), .warning),
      ]
    case .reload:
      return [
        ("Reading \(state.summary.name) from disk again drops what is not saved:", .text),
        (ChangeText.summary(state.summary), .warning),
      ]
    }
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let lines = lines(state)
    let rect = state.arrangement.overlay(width: 92, height: lines.count + 4)
    let keys: [Command] = Overlay.confirm(self).footer
    painter.window(
      rect, title: title(state), bottom: painter.hints(keys, state.keymap), danger: question != .quit)
    let inner = rect.inset(by: 1)
    for (offset, line) in lines.prefix(inner.height - 2).enumerated() {
      let place = Rect(x: inner.x + 1, y: inner.y + 1 + offset, width: inner.width - 2, height: 1)
      painter.write(line.text, x: place.x, y: place.y, line.role, in: place, cut: true)
    }
  }
}
