import Diagnosis
import Explorer
import Terminal

/// The documents that a finding is about, one a line.
public struct FindingOverlay: Sendable, Equatable {
  public let finding: Diagnosis.Finding
  public let revision: Int
  /// Nil until they are read; of many the first ``mostRows``.
  public internal(set) var rows: [Row]?
  public internal(set) var list = ListPosition()

  static let mostRows = 1000

  init(_ finding: Diagnosis.Finding, revision: Int) {
    self.finding = finding
    self.revision = revision
  }

  var selected: Row? { rows.flatMap { $0.indices.contains(list.selected) ? $0[list.selected] : nil } }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: arrangement.size.height - 4)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(
      rect, title: "\(finding.check.title) · \(CountText.of(finding.rows.count, "document"))",
      bottom: painter.hints(Overlay.finding(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    guard let rows else {
      painter.write("reading documents…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    if rows.isEmpty {
      for (offset, text) in TextWidth.wrap(Printable.line(finding.sentence), to: inner.width - 2).enumerated()
      {
        painter.write(text, x: inner.x + 1, y: inner.y + 1 + offset, .text, in: inner)
      }
    }
    for (offset, row) in rows.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 1 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      if state.marks.contains(row.document.id) {
        painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line)
      }
      painter.write(NumberText.padded(row.row, to: 7), x: line.x + 2, y: line.y, .row, in: line)
      painter.write(
        row.document.id.short, x: line.x + 11, y: line.y, .id,
        in: Rect(x: line.x + 11, y: line.y, width: 8, height: 1))
      let rest = Rect(x: line.x + 21, y: line.y, width: max(0, line.width - 22), height: 1)
      painter.write(
        row.document.content.string.preview(rest.width), x: rest.x, y: rest.y, .text, in: rest, cut: true)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }
}
