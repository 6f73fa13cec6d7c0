import Terminal

/// The list under the filter line, over the panes.
func drawFilterCompletion(_ state: AppState, _ painter: inout Painter) {
  guard state.focus == .filter, state.overlays.isEmpty else { return }
  let field = state.arrangement[.filter]
  let candidates = state.filter.candidates
  let typed = FilterPlace(before: state.filter.field.head).typed
  // An empty line is shown its keys only once the arrows ask for them; Tab then still leaves.
  guard !candidates.isEmpty, !state.filter.field.isEmpty || state.filter.completion.chosen != nil else {
    return
  }
  let height = min(candidates.count, 8, state.arrangement.footer.y - field.maxY - 2)
  guard height > 0 else { return }
  let chosen = state.filter.completion.chosen
  let first = max(0, min((chosen ?? 0) - height + 1, candidates.count - height))
  let shown = candidates.dropFirst(first).prefix(height)
  let textWidth = min(30, shown.map { painter.columns(of: $0.text) }.max() ?? 0)
  let notes = shown.map { candidate in candidate.count.map(NumberText.grouped) ?? candidate.help }
  let noteWidth = notes.map { painter.columns(of: $0) }.max() ?? 0
  let barWidth = shown.contains { $0.count != nil } ? 8 : 0
  let width = 4 + textWidth + (noteWidth > 0 ? noteWidth + 2 : 0) + (barWidth > 0 ? barWidth + 1 : 0)
  let cursor = painter.frame.cursor?.x ?? field.x
  let x = max(field.x, min(cursor - painter.columns(of: typed) - 2, state.size.width - width))
  let rect = Rect(x: x, y: field.maxY, width: width, height: height + 2)
  let savedCursor = painter.frame.cursor
  painter.window(rect, title: "", bottom: nil)
  let most = candidates.compactMap(\.count).max() ?? 1
  for (offset, candidate) in shown.enumerated() {
    let line = Rect(x: rect.x + 1, y: rect.y + 1 + offset, width: width - 2, height: 1)
    painter.respond(line, .entry(first + offset))
    let textPlace = Rect(x: line.x + 1, y: line.y, width: textWidth, height: 1)
    painter.write(candidate.text, x: textPlace.x, y: line.y, .text, in: textPlace, cut: true)
    if let count = candidate.count {
      let bar = painter.glyphs.bar(Double(count) / Double(most), columns: barWidth)
      painter.write(bar, x: textPlace.maxX + 2, y: line.y, .scoreBar, in: line)
    }
    painter.writeRight(notes[offset], maxX: line.maxX - 1, y: line.y, .dim, in: line)
    if first + offset == chosen { painter.select(line, focused: true) }
  }
  painter.frame.cursor = savedCursor
}
