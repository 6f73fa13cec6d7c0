import Explorer
import Terminal
import VectorStore

func drawQueryPane(_ state: AppState, _ painter: inout Painter) {
  let rect = state.arrangement[.query]
  guard !rect.isEmpty else { return }
  let isFocused = state.focus == .query
  let query = state.query
  var labels = Painter.Labels(title: "query", bottomLeft: query.settings.summary(separator: " · "))
  if let result = state.results.result {
    let search = NumberText.milliseconds(result.searchMilliseconds)
    labels.bottomRight =
      query.like.isEmpty ? "\(NumberText.milliseconds(result.embedMilliseconds)) + \(search)" : search
  }
  painter.panel(rect, labels, focused: isFocused)
  let line = rect.inset(by: 1)
  if !query.like.isEmpty {
    let ids = query.like.prefix(6).map(\.short).joined(separator: ", ")
    let kind = query.like.count == 1 ? "like" : "like the mean of"
    let text = "\(kind) \(ids)\(query.like.count > 6 ? ", …" : "")"
    painter.write(text, x: line.x + 1, y: line.y, .accent, in: line, cut: true)
    if isFocused { painter.frame.cursor = Point(x: line.x + 1, y: line.y) }
    return
  }
  let key = state.key(.focusQuery)
  let placeholder =
    state.summary.embedder.isMissing
    ? "no embedder: \(state.key(.moreLikeThis)) searches by a document's vector"
    : isFocused ? "type what you look for" : "\(key) types a query"
  painter.field(
    query.field, placeholder: placeholder, x: line.x + 1, y: line.y, width: line.width - 2, focused: isFocused
  )
}
