import Explorer
import Terminal

func drawDetailPane(_ state: AppState, _ painter: inout Painter) {
  let rect = state.arrangement[.detail]
  guard !rect.isEmpty else { return }
  let text = state.detail.text
  let lines = text?.lines ?? []
  let height = state.detailHeight
  let top = min(state.detail.top, max(0, lines.count - height))
  var labels = Painter.Labels(title: "3 document")
  if let text {
    labels.bottomRight = CountText.of(text.characters, "character")
    if lines.count > height {
      labels.bottomLeft = "\(top + 1) to \(min(lines.count, top + height)) of \(lines.count)"
    }
  }
  painter.panel(rect, labels, focused: state.focus == .detail)
  let inner = rect.inset(by: 1)
  guard !lines.isEmpty else {
    painter.emptyText("the selected document appears here", in: inner)
    return
  }
  let terms = state.query.terms + (state.finding.text.isEmpty ? [] : [state.finding.text.lowercased()])
  for (offset, line) in lines.dropFirst(top).prefix(height).enumerated() {
    let y = inner.y + offset
    let clip = Rect(x: inner.x + 1, y: y, width: inner.width - 2, height: 1)
    for piece in line.pieces {
      let x = clip.x + piece.column
      painter.write(piece.text, x: x, y: y, piece.role, in: clip, cut: true)
      if piece.role == .text { painter.highlight(terms, in: piece.text, x: x, y: y, clippedTo: clip) }
    }
  }
}
