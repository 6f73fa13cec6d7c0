import Diagnosis
import Explorer
import Terminal

/// Where the pinned documents are for the query, stage by stage.
public struct WhereaboutsOverlay: Sendable, Equatable {
  public internal(set) var top = 0

  struct Line: Sendable, Equatable {
    var name = ""
    var text = ""
    var nameRole = StyleName.dim
    var role = StyleName.text
    /// Whether the text begins at the left.
    var isWide = false
  }

  private static func width(_ arrangement: Arrangement) -> Int {
    arrangement.overlay(width: 116, height: 4).width
  }

  func rect(_ state: AppState) -> Rect {
    let arrangement = state.arrangement
    return arrangement.overlay(width: 116, height: min(arrangement.size.height - 4, lines(state).count + 2))
  }

  func height(_ state: AppState) -> Int { max(1, rect(state).height - 2) }

  /// Names and what comes of them, each document under the other; long sentences go on in a line below.
  func lines(_ state: AppState) -> [Line] {
    guard let report = state.pins.report else {
      return [Line(text: state.query.isActive ? "looking…" : "there is no query", role: .dim, isWide: true)]
    }
    let width = Self.width(state.arrangement) - 4
    let nameWidth = Self.nameWidth(width)
    var lines: [Line] = []
    for found in report.found {
      if !lines.isEmpty { lines.append(Line()) }
      lines.append(Line(text: "\(found.id.text)  row \(found.row)", role: .id, isWide: true))
      lines += Self.wrapped(Self.summary(of: found, report), to: width).map { Line(text: $0, isWide: true) }
      for stage in found.stages {
        let texts = Self.wrapped(stage.outcome, to: width - nameWidth - 2)
        let role: StyleName = !stage.applies ? .dim : stage.passes ? .success : .warning
        let name = stage.applies ? stage.name : "(\(stage.name))"
        lines += texts.enumerated().map {
          Line(name: $0.offset == 0 ? name : "", text: $0.element, role: role)
        }
      }
      let role: StyleName = found.place == nil ? .warning : .success
      lines += Self.wrapped(found.verdict, to: width).map { Line(text: $0, role: role, isWide: true) }
    }
    return lines
  }

  private static func summary(of found: Whereabouts, _ report: WhereaboutsReport) -> String {
    found.summary(report.metric.columnTitle) { NumberText.fixed(Double($0), decimals: 4) }
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    let lines = TextWidth.wrap(Printable.line(text), to: max(1, width))
    return lines.isEmpty ? [""] : lines
  }

  private static func nameWidth(_ width: Int) -> Int { min(34, width * 2 / 5) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state)
    let asked = state.pins.asked
    let title = asked.count == 1 ? "where is \(asked[0].short)?" : "where are \(asked.count) documents?"
    painter.window(rect, title: title, bottom: painter.hints(Overlay.whereabouts(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    let names = Self.nameWidth(inner.width - 2)
    for (offset, line) in lines(state).dropFirst(top).prefix(height(state)).enumerated() {
      let place = Rect(x: inner.x + 1, y: inner.y + offset, width: inner.width - 2, height: 1)
      if line.isWide {
        painter.write(line.text, x: place.x, y: place.y, line.role, in: place)
        continue
      }
      painter.write(
        line.name, x: place.x, y: place.y, line.nameRole,
        in: Rect(x: place.x, y: place.y, width: names, height: 1), cut: true)
      painter.write(line.text, x: place.x + names + 2, y: place.y, line.role, in: place)
    }
  }
}
