import Terminal

func drawFilterPane(_ state: AppState, _ painter: inout Painter) {
  let rect = state.arrangement[.filter]
  guard !rect.isEmpty else { return }
  let isFocused = state.focus == .filter
  let filter = state.filter
  var labels = Painter.Labels(title: "filter")
  if let problem = filter.problem {
    labels.topRight = "does not hold yet"
    labels.topRightRole = .warning
    drawProblem(problem.message, at: problem.offset, state, rect, labels, &painter)
    return
  }
  if let active = filter.active {
    let text = "means \(active.description)"
    labels.bottomLeft = TextWidth.truncate(text, to: rect.width - 4, ellipsis: painter.glyphs.ellipsis)
  }
  if filter.active != nil, state.documents.window != nil {
    labels.topRight =
      "\(NumberText.grouped(state.documents.count)) of \(NumberText.grouped(state.documents.total))"
  }
  painter.panel(rect, labels, focused: isFocused)
  drawField(state, rect, &painter)
}

private func drawField(_ state: AppState, _ rect: Rect, _ painter: inout Painter) {
  let line = rect.inset(by: 1)
  let key = state.key(.focusFilter)
  let isFocused = state.focus == .filter
  let placeholder = isFocused ? "page >= 3 and source ~ \"union\"" : "\(key) types a metadata filter"
  painter.field(
    state.filter.field, placeholder: placeholder, x: line.x + 1, y: line.y, width: line.width - 2,
    focused: isFocused)
}

/// The bottom border gives way to a caret under the place and the words for it.
private func drawProblem(
  _ message: String, at offset: Int?, _ state: AppState, _ rect: Rect, _ labels: Painter.Labels,
  _ painter: inout Painter
) {
  painter.panel(rect, labels, focused: state.focus == .filter)
  drawField(state, rect, &painter)
  let line = Rect(x: rect.x + 1, y: rect.maxY - 1, width: rect.width - 2, height: 1)
  let text = state.filter.field.text
  let place = painter.columns(of: String(text.prefix(offset ?? text.count)))
  let caret = line.x + 1 + place
  let width = painter.columns(of: message)
  guard caret < line.maxX else {
    painter.write(" \(message) ", x: line.x, y: line.y, .danger, in: line, cut: true)
    return
  }
  painter.write("^", x: caret, y: line.y, .danger, in: line)
  if caret + 2 + width < line.maxX {
    painter.write(" \(message) ", x: caret + 1, y: line.y, .danger, in: line)
  } else {
    let room = Rect(x: line.x, y: line.y, width: max(0, caret - line.x - 1), height: 1)
    if width + 2 <= room.width {
      painter.write(" \(message) ", x: room.maxX - width - 2, y: line.y, .danger, in: room)
    } else {
      // Neither side has room: the words matter more than the exact place, which the cursor shows too.
      let rest =
        caret - line.x > line.width / 2
        ? room : Rect(x: caret + 1, y: line.y, width: line.maxX - caret - 1, height: 1)
      painter.write(" \(message)", x: rest.x, y: line.y, .danger, in: rest, cut: true)
    }
  }
}
