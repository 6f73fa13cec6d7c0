import Explorer
import Terminal
import VectorStore

extension Metric {
  /// The name over the column of scores.
  var columnTitle: String {
    switch self {
    case .squaredL2: "L2²"
    case .innerProduct: "dot"
    case .other: name
    }
  }
}

func drawResultsPane(_ state: AppState, _ painter: inout Painter) {
  let arrangement = state.arrangement
  let rect = arrangement[.results]
  guard !rect.isEmpty else { return }
  let pane = state.results
  let metric = pane.result?.metric ?? state.summary.metric
  let lens = state.query.settings.lens
  var labels = Painter.Labels(title: "2 results · \(lens.legend(metric))")
  if let result = pane.result {
    labels.bottomLeft = "\(NumberText.grouped(result.hits.count)) of \(NumberText.grouped(result.matched))"
    if let application = result.application, application.returned < application.wanted {
      let needed = application.needed.map { ", \(NumberText.grouped($0)) gets all" } ?? ""
      labels.bottomLeft =
        labels.bottomLeft + " · fetch_k \(application.fetchK) gets \(application.returned)\(needed)"
    }
  }
  let scale = ScoreScale(pane.hits, lens, metric)
  if scale.oddCount > 0 { labels.bottomLeft += " · \(NumberText.grouped(scale.oddCount)) outside 0 to 1" }
  if !state.marks.isEmpty { labels.bottomRight = "\(NumberText.grouped(state.marks.count)) marked" }
  painter.panel(rect, labels, focused: state.focus == .results)
  let inner = rect.inset(by: 1)
  let lastRank = state.pins.shown.compactMap(\.rank).reduce(pane.hits.last?.rank ?? 1, max)
  let columns = ResultColumns(width: inner.width, lastRank: lastRank, lens, scale)
  drawPins(state, columns, in: inner, &painter)
  guard !pane.hits.isEmpty else {
    painter.emptyText(emptyText(state), in: inner)
    return
  }
  var y = inner.y
  if arrangement.hasColumnTitles(.results) {
    columns.drawTitles(lens.title(metric), at: Point(x: inner.x, y: y), in: inner, &painter)
    y += 1
  }
  let terms = state.query.terms
  for offset in 0..<arrangement.listHeight(.results) where pane.list.top + offset < pane.hits.count {
    let place = pane.list.top + offset
    let hit = pane.hits[place]
    let line = Rect(x: inner.x, y: y + offset, width: inner.width, height: 1)
    let isMarked = state.marks.contains(hit.document.id) || pane.list.range?.contains(place) == true
    columns.draw(
      hit, nearness: scale.nearness(of: hit), isMarked: isMarked, terms: terms, in: line, &painter)
    if place == pane.list.selected {
      painter.showSelection(line, focused: state.focus == .results, isMarked: isMarked)
    }
  }
}

private func emptyText(_ state: AppState) -> String {
  let query = state.key(.focusQuery)
  let like = state.key(.moreLikeThis)
  if state.jobs.isRunning(.search) { return "searching…" }
  if state.results.result != nil {
    return state.activeFilter == nil
      ? "no documents to rank"
      : "nothing passes the filter: \(state.key(.clearFilter)) clears it"
  }
  return state.summary.embedder.isMissing
    ? "\(like) ranks all documents by their distance to the selected one"
    : "\(query) types a query, \(like) finds more like the selected document"
}

/// Where the columns of the results stand, counted from the left of the pane's inside.
struct ResultColumns {
  static let barWidth = 8
  let rank: Rect
  let score: Rect
  let bar: Rect
  let row: Rect
  let id: Rect
  let content: Rect

  private let lens: ScoreLens

  init(width: Int, lastRank: Int, _ lens: ScoreLens, _ scale: ScoreScale) {
    self.lens = lens
    let digits = max(2, NumberText.grouped(lastRank).count)
    let scoreWidth = max(7, scale.scoreWidth)
    let rowWidth = max(3, scale.rowWidth)
    var x = 2
    func column(_ width: Int, gap: Int = 2) -> Rect {
      defer { x += width == 0 ? 0 : width + gap }
      return Rect(x: x, y: 0, width: width, height: 1)
    }
    rank = column(digits)
    score = column(scoreWidth, gap: 1)
    bar = column(width >= 52 ? ResultColumns.barWidth : 0)
    row = column(rowWidth)
    id = column(width >= 40 ? 8 : 0)
    content = Rect(x: x, y: 0, width: max(0, width - x), height: 1)
  }

  func drawTitles(_ title: String, at point: Point, in rect: Rect, _ painter: inout Painter) {
    let y = point.y
    painter.writeRight("#", maxX: point.x + rank.maxX, y: y, .dim, in: rect)
    painter.writeRight(title, maxX: point.x + score.maxX, y: y, .dim, in: rect)
    painter.writeRight("row", maxX: point.x + row.maxX, y: y, .dim, in: rect)
    if !id.isEmpty { painter.write("id", x: point.x + id.x, y: y, .dim, in: rect) }
    painter.write("content", x: point.x + content.x, y: y, .dim, in: rect)
  }

  func draw(
    _ hit: Hit, nearness: Double, isMarked: Bool, terms: [String], in line: Rect, _ painter: inout Painter
  ) {
    if isMarked { painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line) }
    painter.writeRight(String(hit.rank), maxX: line.x + rank.maxX, y: line.y, .row, in: line)
    let value = lens.value(of: hit)
    painter.writeRight(
      ScoreScale.text(value), maxX: line.x + score.maxX, y: line.y,
      value.map(lens.isOdd) == true ? .warning : .score, in: line)
    painter.write(
      painter.glyphs.bar(nearness, columns: bar.width), x: line.x + bar.x, y: line.y, .scoreBar,
      in: bar.moved(to: line))
    painter.writeRight(String(hit.row), maxX: line.x + row.maxX, y: line.y, .row, in: line)
    painter.write(hit.document.id.short, x: line.x + id.x, y: line.y, .id, in: id.moved(to: line))
    let place = content.moved(to: line)
    let text = hit.document.content.string.preview(place.width)
    painter.write(text, x: place.x, y: line.y, .text, in: place, cut: true)
    painter.highlight(terms, in: text, x: place.x, y: line.y, clippedTo: place)
  }
}
