import Diagnosis
import Explorer
import Terminal
import VectorStore

/// Tables and plots to read: what an evaluation, a tuning or a comparison of answers came to.
public struct ReportOverlay: Sendable, Equatable {
  let title: String
  /// As they are: nothing is wrapped, so that columns stay columns.
  let lines: [String]
  /// What Enter takes over into the searches of this screen.
  var effort: SearchEffort?
  public internal(set) var top = 0

  func rect(_ arrangement: Arrangement) -> Rect {
    let width = lines.map(TextWidth.columns(of:)).max() ?? 0
    return arrangement.overlay(
      width: max(60, min(116, width + 4)), height: min(arrangement.size.height - 2, lines.count + 4))
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: title, bottom: painter.hints(Overlay.report(self).footer, state.keymap))
    for (offset, line) in lines.dropFirst(top).prefix(height(state.arrangement)).enumerated() {
      let place = Rect(x: rect.x + 2, y: rect.y + 2 + offset, width: rect.width - 4, height: 1)
      painter.write(line, x: place.x, y: place.y, .text, in: place, cut: true)
    }
  }
}

extension ReportOverlay {
  private static let plot = (width: 60, height: 10)

  init(_ evaluation: Evaluation) {
    let totals = TextTable(evaluation.table, numbers: [2, 3, 4, 5]).lines()
    let heads = evaluation.questionTable.first?.count ?? 1
    let questions = TextTable(evaluation.questionTable, numbers: Set(0..<heads - 1)).lines()
    let plot = evaluation.plot(width: Self.plot.width, height: Self.plot.height).lines
    let notices = evaluation.notices.flatMap { Printable.paragraphs($0) }
    title = "evaluation · \(CountText.of(evaluation.questions.count, "question"))"
    lines = notices + (notices.isEmpty ? [] : [""]) + totals + [""] + plot + [""] + questions
  }

  init(_ curve: TuningCurve) {
    let plot = curve.plot(width: Self.plot.width, height: Self.plot.height).lines
    title =
      "\(curve.current.name) · \(NumberText.grouped(curve.queries)) queries, recall to reach \(curve.target)"
    lines = TextTable(curve.table, numbers: [1, 2, 3]).lines() + [""] + plot + [""] + [curve.advice]
    effort = curve.recommended?.effort
  }

  /// How the answer to one question moves between two stores.
  init(_ answer: StoreComparison.Answer, _ names: StoreComparison.Names) {
    let rows = answer.churn.entries.map { entry in
      [entry.before.map { "\($0)" } ?? "", entry.after.map { "\($0)" } ?? "", entry.id.text]
    }
    title = answer.question
    lines = TextTable([[names.before, names.after, "id"]] + rows, numbers: [0, 1]).lines()
  }
}
