import Diagnosis
import Explorer
import Terminal
import VectorStore

/// Documents that say the same, a group at a time: the one that stays beside another, with what differs.
public struct GroupsOverlay: Sendable, Equatable {
  public let finding: Diagnosis.Finding
  public let revision: Int
  /// The group that is shown, and which of its others stands on the right.
  public internal(set) var place = 0
  public internal(set) var other = 0
  public internal(set) var rule = KeepRule.first
  /// By group, the place of a document that was chosen by hand.
  public internal(set) var kept: [Int: Int] = [:]
  /// The documents of the group; nil until they are read.
  public internal(set) var rows: [Row]?
  public internal(set) var top = 0

  /// From this width of the window on, the two stand beside each other.
  private static let widestStack = 90

  init(_ finding: Diagnosis.Finding, revision: Int) {
    self.finding = finding
    self.revision = revision
  }

  var group: [Int] { finding.groups.indices.contains(place) ? finding.groups[place] : [] }

  /// The place of the document that stays.
  var keptPlace: Int? {
    guard let rows, !rows.isEmpty else { return nil }
    return kept[place] ?? rule.kept(of: rows.map(\.document.content))
  }

  /// The one that stays, and the one beside it with its place.
  private var pair: (kept: Row, other: Row, place: Int)? {
    guard let rows, let keptPlace, rows.indices.contains(keptPlace), rows.count > 1 else { return nil }
    let others = rows.indices.filter { $0 != keptPlace }
    let shown = others[min(other, others.count - 1)]
    return (rows[keptPlace], rows[shown], shown)
  }

  /// The place of the document on the right.
  var shownPlace: Int? { pair?.place }

  mutating func show(_ place: Int) {
    self.place = (place + finding.groups.count) % max(1, finding.groups.count)
    (other, rows, top) = (0, nil, 0)
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 136, height: arrangement.size.height - 4)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 5) }

  func lineCount(_ arrangement: Arrangement) -> Int {
    let columns = columns(arrangement)
    return isBeside(arrangement)
      ? max(columns.0.count, columns.1.count) : columns.0.count + columns.1.count + 1
  }

  private func isBeside(_ arrangement: Arrangement) -> Bool { rect(arrangement).width >= Self.widestStack }

  private func columnWidth(_ arrangement: Arrangement) -> Int {
    let width = rect(arrangement).width - 4
    return max(1, isBeside(arrangement) ? (width - 3) / 2 : width)
  }

  private func columns(_ arrangement: Arrangement) -> ([DifferenceLine], [DifferenceLine]) {
    guard let pair else { return ([], []) }
    return DifferenceLine.columns(pair.kept.document, pair.other.document, width: columnWidth(arrangement))
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let arrangement = state.arrangement
    let rect = rect(arrangement)
    painter.window(
      rect, title: "\(finding.check.title) · group \(place + 1) of \(finding.groups.count)",
      bottom: painter.hints(Overlay.groups(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    guard let rows, let pair else {
      painter.write("reading documents…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    let marked = rows.count { state.marks.contains($0.document.id) }
    let head =
      "\(CountText.of(group.count, "document"))\(rows.count < group.count ? ", the first \(rows.count) shown" : "") · "
      + "keeps the \(kept[place] == nil ? rule.rawValue : "one chosen by hand") · \(marked) marked"
    let first = Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: 1)
    painter.write(head, x: first.x, y: first.y, .dim, in: first, cut: true)
    let (left, right) = columns(arrangement)
    let width = columnWidth(arrangement)
    let space = Rect(x: inner.x + 1, y: inner.y + 1, width: inner.width - 2, height: inner.height - 1)
    let titles = (
      "stays · \(Self.name(pair.kept))",
      "copy \(min(other, rows.count - 2) + 1) of \(rows.count - 1) · \(Self.name(pair.other))"
    )
    if isBeside(arrangement) {
      draw(left, titles.0, .success, .removed, x: space.x, from: 0, width, space, &painter)
      draw(right, titles.1, .warning, .added, x: space.x + width + 3, from: 0, width, space, &painter)
    } else {
      draw(left, titles.0, .success, .removed, x: space.x, from: 0, width, space, &painter)
      draw(right, titles.1, .warning, .added, x: space.x, from: left.count + 1, width, space, &painter)
    }
  }

  private static func name(_ row: Row) -> String { "row \(row.row) · \(row.document.id.short)" }

  private func draw(
    _ lines: [DifferenceLine], _ title: String, _ titleRole: StyleName, _ role: StyleName, x: Int,
    from start: Int, _ width: Int, _ space: Rect, _ painter: inout Painter
  ) {
    for (number, line) in ([DifferenceLine([(title, true)])] + lines).enumerated() {
      let offset = start + number - top
      guard offset >= 0, offset < space.height - 1 else { continue }
      let place = Rect(x: x, y: space.y + offset, width: width, height: 1)
      var column = x
      for run in line.runs {
        let role: StyleName = number == 0 ? titleRole : run.isShared ? .text : role
        column += painter.write(run.text, x: column, y: place.y, role, in: place)
      }
    }
  }
}
