import Diagnosis
import Explorer
import Terminal

extension MapOverlay {
  func draw(_ painter: inout Painter, _ state: AppState) {
    let arrangement = state.arrangement
    let rect = rect(arrangement)
    painter.window(rect, title: title(state), bottom: painter.hints(Overlay.map(self).footer, state.keymap))
    let canvas = canvas(arrangement)
    painter.respond(canvas, .canvas)
    guard let view else {
      painter.write("laying out the map…", x: canvas.x + 1, y: canvas.y + 1, .dim, in: canvas)
      return
    }
    drawPoints(view.picture, in: canvas, &painter)
    for (rank, place) in view.hits.sorted(by: { $0.key > $1.key }) {
      let sign = rank < 10 ? String(rank) : painter.glyphs.marked
      draw(sign, .mark, at: place, in: canvas, &painter)
    }
    if let place = view.query { draw(painter.glyphs.query, .accent, at: place, in: canvas, &painter) }
    drawSelection(in: canvas, &painter)
    drawLegend(view, beside: canvas, in: rect, &painter)
    drawFacts(view, below: canvas, in: rect, &painter)
  }

  private func title(_ state: AppState) -> String {
    guard let view else { return "map" }
    let shown = view.picture.shown == view.total ? "" : "\(NumberText.grouped(view.picture.shown)) of "
    return "map · \(shown)\(CountText.of(view.total, "document"))"
  }

  private func drawPoints(_ picture: MapPicture, in canvas: Rect, _ painter: inout Painter) {
    for line in 0..<min(picture.height, canvas.height) {
      for column in 0..<min(picture.width, canvas.width) {
        let cell = picture[column, line]
        guard cell.dots != 0 else { continue }
        let role = StyleName.group(Int(cell.group))
        painter.write(
          painter.glyphs.dots(cell.dots), x: canvas.x + column, y: canvas.y + line, role, in: canvas)
      }
    }
  }

  private func draw(
    _ sign: String, _ role: StyleName, at place: MapPlace, in canvas: Rect, _ painter: inout Painter
  ) {
    painter.write(sign, x: canvas.x + place.column, y: canvas.y + place.line, role, in: canvas)
  }

  /// The pointer, and the points between it and the corner.
  private func drawSelection(in canvas: Rect, _ painter: inout Painter) {
    let place = place(in: canvas)
    if let corner {
      let (left, top) = (min(corner.column, place.column), min(corner.line, place.line))
      let selection = Rect(
        x: canvas.x + left, y: canvas.y + top, width: abs(corner.column - place.column) + 1,
        height: abs(corner.line - place.line) + 1
      ).intersection(canvas)
      painter.select(selection, focused: true)
    } else {
      painter.select(
        Rect(x: canvas.x + place.column, y: canvas.y + place.line, width: 1, height: 1), focused: true)
    }
    painter.frame.cursor = Point(x: canvas.x + place.column, y: canvas.y + place.line)
  }

  private func drawLegend(
    _ view: MapView, beside canvas: Rect, in rect: Rect, _ painter: inout Painter
  ) {
    let inner = rect.inset(by: 1)
    let legend = Rect(
      x: canvas.maxX + 1, y: inner.y, width: inner.maxX - canvas.maxX - 1, height: canvas.height)
    guard legend.width > 8 else { return }
    painter.write(coloring.title, x: legend.x, y: legend.y, .dim, in: legend, cut: true)
    for (offset, group) in view.groups.prefix(legend.height - 2).enumerated() {
      let y = legend.y + 1 + offset
      let count = NumberText.grouped(group.count)
      painter.write(painter.glyphs.marked, x: legend.x, y: y, .group(offset + 1), in: legend)
      let place = Rect(x: legend.x + 2, y: y, width: max(1, legend.width - count.count - 4), height: 1)
      painter.write(group.name, x: place.x, y: y, .text, in: place, cut: true)
      painter.writeRight(count, maxX: legend.maxX - 1, y: y, .row, in: legend)
    }
  }

  /// What the axes explain, and the document nearest to the pointer.
  private func drawFacts(_ view: MapView, below canvas: Rect, in rect: Rect, _ painter: inout Painter) {
    let inner = rect.inset(by: 1)
    let place = Rect(x: inner.x + 1, y: canvas.maxY, width: inner.width - 2, height: 2)
    let shares = view.shares.map { NumberText.fixed($0 * 100, decimals: 1) + " %" }
    var facts = ["across \(shares.first ?? "0 %")"]
    if shares.count > 1 { facts.append("up \(shares[1])") }
    var line = facts.joined(separator: ", ") + " of the variance"
    if let notice = view.notice { line += " · \(notice)" }
    painter.write(line, x: place.x, y: place.y, .dim, in: place, cut: true)
    guard let nearest = view.nearest else {
      painter.write("no document here", x: place.x, y: place.y + 1, .dim, in: place)
      return
    }
    var x = place.x
    x += painter.write("row \(nearest.row)  ", x: x, y: place.y + 1, .row, in: place)
    x += painter.write("\(nearest.document.id.short)  ", x: x, y: place.y + 1, .id, in: place)
    painter.write(
      nearest.document.content.string.preview(place.width * 2), x: x, y: place.y + 1, .text, in: place, cut: true)
  }
}

extension MapColoring {
  /// What it is called in lists and legends.
  var title: String {
    switch self {
    case .plain: "no colours"
    case .clusters: "clusters"
    case .score: "nearness to the query"
    case .key(let key): key
    }
  }
}
