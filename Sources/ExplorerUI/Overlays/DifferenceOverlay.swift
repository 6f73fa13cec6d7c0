import Diagnosis
import Explorer
import Terminal
import VectorStore

/// What lies between this store and another: documents, vectors, and the answers to questions.
public struct DifferenceOverlay: Sendable, Equatable {
  let path: String
  /// Nil until it has been worked out.
  var comparison: StoreComparison?
  public internal(set) var list = ListPosition()

  init(path: String) { self.path = path }

  /// Documents first, then questions.
  var lineCount: Int { comparison.map { $0.entries.count + $0.answers.count } ?? 0 }

  var selectedEntry: StoreComparison.Entry? {
    comparison.flatMap { $0.entries.indices.contains(list.selected) ? $0.entries[list.selected] : nil }
  }

  var selectedAnswer: StoreComparison.Answer? {
    comparison.flatMap { comparison in
      let place = list.selected - comparison.entries.count
      return comparison.answers.indices.contains(place) ? comparison.answers[place] : nil
    }
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: min(arrangement.size.height - 2, max(8, lineCount + 6)))
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 5) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    painter.window(
      rect, title: "\(state.summary.name) \(painter.glyphs.arrow) \(name)",
      bottom: painter.hints(Overlay.difference(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    guard let comparison else {
      painter.write("comparing…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    if lineCount == 0 {
      painter.write("nothing differs", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
    }
    for place in list.top..<min(lineCount, list.top + height(state.arrangement)) {
      let line = Rect(x: inner.x + 1, y: inner.y + place - list.top, width: inner.width - 2, height: 1)
      painter.respond(line, .entry(place))
      if place < comparison.entries.count {
        draw(comparison.entries[place], at: line, &painter)
      } else {
        draw(
          comparison.answers[place - comparison.entries.count].churn, place, comparison, at: line, &painter)
      }
      if place == list.selected { painter.select(line, focused: true) }
    }
    let bottom = Rect(x: inner.x + 1, y: inner.maxY - 2, width: inner.width - 2, height: 1)
    painter.write(comparison.summary, x: bottom.x, y: bottom.y, .text, in: bottom, cut: true)
    let notes = Rect(x: bottom.x, y: bottom.y + 1, width: bottom.width, height: 1)
    painter.write(
      comparison.notices.joined(separator: " · "), x: notes.x, y: notes.y, .warning, in: notes, cut: true)
  }

  private func draw(_ entry: StoreComparison.Entry, at line: Rect, _ painter: inout Painter) {
    let (sign, role): (String, StyleName) =
      switch entry.kind {
      case .removed: ("−", .removed)
      case .added: ("+", .added)
      case .changed, .moved: ("~", .edited)
      }
    painter.write("\(sign) \(entry.kind.rawValue)", x: line.x, y: line.y, role, in: line)
    painter.write("row \(entry.row)", x: line.x + 11, y: line.y, .row, in: line)
    let id = Rect(x: line.x + 24, y: line.y, width: 8, height: 1)
    painter.write(entry.document?.id.short ?? "", x: id.x, y: id.y, .id, in: id)
    let distance = entry.distance.map { "vector \(NumberText.fixed($0, decimals: 4)) away" } ?? ""
    let width = distance.isEmpty ? 0 : painter.columns(of: distance) + 2
    let content = Rect(x: line.x + 34, y: line.y, width: max(0, line.width - 34 - width), height: 1)
    painter.write(
      (entry.document?.content.string ?? "").preview(content.width), x: content.x, y: content.y, .text,
      in: content, cut: true)
    painter.writeRight(distance, maxX: line.maxX, y: line.y, .dim, in: line)
  }

  /// A question: how many of its hits stay, come and go.
  private func draw(
    _ churn: RankChurn, _ place: Int, _ comparison: StoreComparison, at line: Rect, _ painter: inout Painter
  ) {
    painter.write("? top \(churn.k)", x: line.x, y: line.y, churn.isSame ? .dim : .accent, in: line)
    let facts =
      churn.isSame
      ? "as it is"
      : "\(churn.kept) stay, \(churn.came.count) come, \(churn.went.count) go, \(churn.moved.count) move"
    let question = Rect(
      x: line.x + 11, y: line.y, width: max(0, line.width - 13 - painter.columns(of: facts)), height: 1)
    painter.write(
      comparison.answers[place - comparison.entries.count].question, x: question.x, y: question.y, .text,
      in: question, cut: true)
    painter.writeRight(facts, maxX: line.maxX, y: line.y, churn.isSame ? .dim : .text, in: line)
  }
}
