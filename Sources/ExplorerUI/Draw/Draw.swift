import Terminal

/// Draws the whole state.
///
/// Pure: the same state gives the same frame.
public func draw(_ state: AppState, size: Size, theme: Theme, unicode: Bool) -> Frame {
  var painter = Painter(size: size, theme: theme, glyphs: Glyphs(unicode: unicode))
  paint(state, &painter)
  return painter.frame
}

func paint(_ state: AppState, _ painter: inout Painter) {
  let size = painter.frame.size
  let arrangement = state.arrangement
  if arrangement.isTooSmall || size != state.size {
    drawTooSmall(size, &painter)
  } else {
    drawHeader(state, &painter)
    drawQueryPane(state, &painter)
    drawFilterPane(state, &painter)
    drawDocumentsPane(state, &painter)
    drawResultsPane(state, &painter)
    drawDetailPane(state, &painter)
    drawFilterCompletion(state, &painter)
    drawFooter(state, &painter)
    drawMessage(state, &painter)
    for overlay in state.overlays {
      painter.frame.cursor = nil
      // What lies below a window does not answer.
      painter.hotspots = []
      draw(overlay, state, &painter)
      painter.respondHints(overlay.footer, state.keymap)
    }
  }
}

private func draw(_ overlay: Overlay, _ state: AppState, _ painter: inout Painter) {
  switch overlay {
  case .help(let overlay): overlay.draw(&painter, state)
  case .palette(let overlay): overlay.draw(&painter, state)
  case .prompt(let overlay): overlay.draw(&painter, state)
  case .confirm(let overlay): overlay.draw(&painter, state)
  case .changes(let overlay): overlay.draw(&painter, state)
  case .merge(let overlay): overlay.draw(&painter, state)
  case .text(let overlay): overlay.draw(&painter, state)
  case .compare(let overlay): overlay.draw(&painter, state)
  case .jobs(let overlay): overlay.draw(&painter, state)
  case .map(let overlay): overlay.draw(&painter, state)
  case .profile(let overlay): overlay.draw(&painter, state)
  case .source(let overlay): overlay.draw(&painter, state)
  case .health(let overlay): overlay.draw(&painter, state)
  case .finding(let overlay): overlay.draw(&painter, state)
  case .groups(let overlay): overlay.draw(&painter, state)
  case .tour(let overlay): overlay.draw(&painter, state)
  case .choose(let overlay): overlay.draw(&painter, state)
  case .whereabouts(let overlay): overlay.draw(&painter, state)
  case .mmr(let overlay): overlay.draw(&painter, state)
  case .report(let overlay): overlay.draw(&painter, state)
  case .difference(let overlay): overlay.draw(&painter, state)
  }
}

private func drawTooSmall(_ size: Size, _ painter: inout Painter) {
  let smallest = Arrangement.smallest
  let lines = [
    "too small: \(size.width)x\(size.height)",
    "fathom needs \(smallest.width)x\(smallest.height)",
    "enlarge the window, or Ctrl-c",
  ]
  let screen = Rect(x: 0, y: 0, width: size.width, height: size.height)
  let y = max(0, (size.height - lines.count) / 2)
  for (offset, line) in lines.enumerated() {
    let x = max(0, (size.width - line.count) / 2)
    painter.write(line, x: x, y: y + offset, offset == 0 ? .warning : .text, in: screen)
  }
}
