import Diagnosis
import Explorer
import Terminal

/// What is wrong with the store, the worst first.
public struct HealthOverlay: Sendable, Equatable {
  public internal(set) var list = ListPosition()

  private static let countWidth = 7
  private static let titleWidth = 34

  /// The finding that keys act on.
  func selected(_ state: AppState) -> Diagnosis.Finding? {
    let findings = state.health?.report.findings ?? []
    return findings.indices.contains(list.selected) ? findings[list.selected] : nil
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: arrangement.size.height - 4)
  }

  /// Findings shown at once.
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 7) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(
      rect, title: title(state), bottom: painter.hints(Overlay.health(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    let line = Rect(x: inner.x + 1, y: inner.y + 1, width: inner.width - 2, height: 1)
    guard let outcome = state.health else {
      painter.write(Self.waiting(state), x: line.x, y: line.y, .dim, in: line, cut: true)
      return
    }
    let findings = outcome.report.findings
    if findings.isEmpty {
      let words = "\(CountText.of(outcome.report.rows, "document")): nothing is wrong"
      painter.write("\(painter.glyphs.done) \(words)", x: line.x, y: line.y, .success, in: line, cut: true)
    }
    for (offset, finding) in findings.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let place = Rect(x: inner.x, y: line.y + offset, width: inner.width, height: 1)
      painter.respond(place, .entry(list.top + offset))
      draw(finding, in: place, &painter)
      if list.top + offset == list.selected { painter.select(place, focused: true) }
    }
    let after = line.y + findings.count - list.top
    if !findings.isEmpty, after < line.y + height(state.arrangement) {
      let rest = Check.allCases.count - findings.count
      painter.write(
        "\(painter.glyphs.done) the \(rest) other checks found nothing", x: inner.x + 1, y: after, .success,
        in: Rect(x: inner.x, y: after, width: inner.width, height: 1))
    }
    drawFoot(outcome, state, in: inner, &painter)
  }

  private func title(_ state: AppState) -> String {
    guard let report = state.health?.report else { return "health · \(state.summary.name)" }
    let problems = CountText.of(report.problems.count, "problem")
    return "health · \(state.summary.name) · \(problems) · \(CountText.of(report.affectedRows, "document"))"
  }

  /// How far the check is.
  private static func waiting(_ state: AppState) -> String {
    guard let job = state.jobs.running[.health] else {
      return "not examined; \(state.key(.examineAgain)) does it"
    }
    let share = job.share.map { " \(Int($0 * 100)) %" } ?? ""
    return "examining \(job.note.isEmpty ? "the store" : job.note)\(share); it goes on when this is closed"
  }

  private func draw(_ finding: Diagnosis.Finding, in line: Rect, _ painter: inout Painter) {
    let (sign, role): (String, StyleName) =
      switch finding.check.severity {
      case .error: ("▲", .danger)
      case .warning: ("▲", .warning)
      case .note: ("·", .dim)
      }
    painter.write(sign, x: line.x + 1, y: line.y, role, in: line)
    let count = finding.marked.isEmpty ? finding.rows.count : finding.marked.count
    let text = count == 0 ? "" : NumberText.grouped(count)
    let end = line.x + 3 + Self.countWidth
    painter.writeRight(text, maxX: end, y: line.y, .text, in: line)
    let title = Rect(x: end + 1, y: line.y, width: Self.titleWidth, height: 1)
    painter.write(finding.check.title, x: title.x, y: line.y, .text, in: title, cut: true)
    let rest = Rect(x: title.maxX + 1, y: line.y, width: max(0, line.maxX - title.maxX - 2), height: 1)
    painter.write(finding.sentence, x: rest.x, y: line.y, .dim, in: rest, cut: true)
  }

  /// The selected finding in full, and what was not looked at.
  private func drawFoot(
    _ outcome: HealthOutcome, _ state: AppState, in inner: Rect, _ painter: inout Painter
  ) {
    var lines: [(String, StyleName)] = []
    if let finding = selected(state) {
      lines = TextWidth.wrap(Printable.line(finding.sentence), to: max(1, inner.width - 2)).prefix(2)
        .map { ($0, .text) }
      lines.append((finding.check.advice, .accent))
    }
    if state.jobs.isRunning(.health) {
      lines.append((Self.waiting(state), .dim))
    } else if outcome.revision != state.summary.revision {
      lines.append(
        ("the store has been edited since; \(state.key(.examineAgain)) examines it again", .warning))
    } else if let remark = outcome.report.remarks.first {
      lines.append((remark, .dim))
    }
    for (offset, line) in lines.prefix(4).enumerated() {
      let place = Rect(x: inner.x + 1, y: inner.maxY - 4 + offset, width: inner.width - 2, height: 1)
      painter.write(line.0, x: place.x, y: place.y, line.1, in: place, cut: true)
    }
  }
}
