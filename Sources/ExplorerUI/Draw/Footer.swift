import Terminal

extension PaneID {
  /// What the footer offers while the pane is focused, the most useful first.
  var footer: [Command] {
    switch self {
    case .query: [.fieldSubmit, .fieldLeave, .nextPane, .historyBack, .save, .palette]
    case .filter: [.fieldSubmit, .fieldLeave, .nextPane, .save, .palette]
    case .documents:
      [.help, .focusQuery, .focusFilter, .mark, .delete, .undo, .moreLikeThis, .merge, .save, .prompt]
    case .results:
      [
        .help, .focusQuery, .open, .moreLikeThis, .mark, .delete, .undo, .moreResults, .fewerResults, .save,
        .prompt,
      ]
    case .detail: [.help, .back, .find, .wrap, .moreLikeThis, .delete, .undo, .focusQuery, .zoom, .prompt]
    }
  }
}

/// The line of keys, from the focused pane's commands; those that can do nothing now are left out.
func drawFooter(_ state: AppState, _ painter: inout Painter) {
  let line = state.arrangement.footer
  painter.fill(line, .footer)
  guard state.overlays.isEmpty else { return }
  guard state.pendingKeys.isEmpty else {
    drawChord(state, &painter)
    return
  }
  let next = state.keymap.label(of: .nextPane).map { "\($0) next pane" } ?? ""
  let isTyping = state.focus == .query || state.focus == .filter
  let end = line.maxX - 1 - (isTyping || line.width < 100 ? 0 : next.count + 3)
  let hints = state.focus.footer.filter { $0.disabledReason(in: state) == nil }
    .compactMap { command in state.keymap.label(of: command).map { (label: $0, command: command) } }
  drawHints(hints[...], in: Rect(x: line.x, y: line.y, width: end - line.x, height: 1), &painter)
  if end < line.maxX - 1 {
    painter.respond(Rect(x: end + 1, y: line.y, width: line.maxX - end - 1, height: 1), .command(.nextPane))
    painter.writeRight(next, maxX: line.maxX - 1, y: line.y, .footer, in: line)
  }
}

/// What the keys typed so far may go on with, on the last two lines.
private func drawChord(_ state: AppState, _ painter: inout Painter) {
  let lines = [state.arrangement.footer, state.arrangement.message]
  var hints = state.keymap.continuations(of: state.pendingKeys, in: state.scopes)[...]
  for line in lines {
    painter.fill(line, .footer)
    hints = drawHints(hints, in: line, &painter)
  }
}

private typealias KeyHint = (label: String, command: Command)

/// Writes as many keys with what they do as fit; those that do not are returned.
@discardableResult
private func drawHints(
  _ hints: ArraySlice<KeyHint>, in line: Rect, _ painter: inout Painter
) -> ArraySlice<KeyHint> {
  var x = line.x + 1
  for (place, hint) in zip(hints.indices, hints) {
    let width = painter.columns(of: hint.label) + 1 + painter.columns(of: hint.command.title)
    guard x + width <= line.maxX else { return hints[place...] }
    painter.respond(Rect(x: x, y: line.y, width: width, height: 1), .command(hint.command))
    x += painter.write(hint.label, x: x, y: line.y, .footerKey, in: line) + 1
    x += painter.write(hint.command.title, x: x, y: line.y, .footer, in: line) + 3
  }
  return []
}

/// The last line: what happened, or the keys typed so far.
func drawMessage(_ state: AppState, _ painter: inout Painter) {
  guard state.pendingKeys.isEmpty || !state.overlays.isEmpty else { return }
  let line = state.arrangement.message
  painter.fill(line, .message)
  guard let message = state.message ?? filterProblem(state) else {
    painter.write(
      state.pendingKeys.map(\.description).joined(separator: " "), x: line.x + 1, y: line.y, .dim, in: line)
    return
  }
  let role: StyleName =
    switch message.kind {
    case .note: .message
    case .warning: .messageWarning
    case .error: .messageError
    }
  painter.respond(line, .command(.showMessage))
  var place = Rect(x: line.x + 1, y: line.y, width: line.width - 2, height: 1)
  let fits = !message.text.contains(where: \.isNewline) && painter.columns(of: message.text) <= place.width
  if !fits, let key = state.keymap.label(of: .showMessage) {
    let hint = "\(key) shows all"
    place.width -= hint.count + 2
    painter.writeRight(hint, maxX: line.maxX - 1, y: line.y, .footerKey, in: line)
  }
  painter.write(message.text, x: place.x, y: place.y, role, in: place, cut: true)
}

/// Why the filter being typed does not hold yet: its pane may be too narrow for the words.
private func filterProblem(_ state: AppState) -> Message? {
  guard state.focus == .filter, let problem = state.filter.problem else { return nil }
  return Message(text: "filter: \(problem.message)", kind: .warning)
}
