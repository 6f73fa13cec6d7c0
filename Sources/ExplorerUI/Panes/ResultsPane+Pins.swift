import Diagnosis
import Explorer
import Terminal

/// The pinned documents below the results: their exact ranks and scores, and what drops them.
func drawPins(_ state: AppState, _ columns: ResultColumns, in rect: Rect, _ painter: inout Painter) {
  let shown = state.pins.shown
  let count = state.arrangement.pinLines
  guard count > 0, !shown.isEmpty else { return }
  let top = Rect(x: rect.x, y: rect.maxY - count, width: rect.width, height: 1)
  let hidden = shown.count - (count - 1)
  let more = hidden > 0 ? " · \(hidden) more" : ""
  painter.write(
    "pinned\(more) · \(state.key(.whereabouts)) says why", x: top.x + 1, y: top.y, .dim, in: top, cut: true)
  painter.respond(
    Rect(x: rect.x, y: top.y, width: rect.width, height: count), .command(.whereabouts))
  for (offset, found) in shown.prefix(count - 1).enumerated() {
    let line = Rect(x: rect.x, y: top.y + 1 + offset, width: rect.width, height: 1)
    columns.draw(found, in: line, &painter)
  }
}

extension ResultColumns {
  /// A pinned document with its exact rank.
  fileprivate func draw(_ found: Whereabouts, in line: Rect, _ painter: inout Painter) {
    let isReturned = found.place != nil
    painter.write(
      isReturned ? painter.glyphs.done : painter.glyphs.failed, x: line.x, y: line.y,
      isReturned ? .success : .warning, in: line)
    painter.writeRight(
      found.rank.map(NumberText.grouped) ?? "none", maxX: line.x + rank.maxX, y: line.y, .row, in: line)
    painter.writeRight(
      ScoreScale.text(Double(found.score)), maxX: line.x + score.maxX, y: line.y, .score, in: line)
    painter.writeRight(String(found.row), maxX: line.x + row.maxX, y: line.y, .row, in: line)
    painter.write(found.id.short, x: line.x + id.x, y: line.y, .id, in: id.moved(to: line))
    let place = content.moved(to: line)
    let fate = found.dropped.map { "\($0.name): \($0.outcome)" } ?? found.verdict
    painter.write(fate, x: place.x, y: place.y, isReturned ? .dim : .warning, in: place, cut: true)
  }
}
