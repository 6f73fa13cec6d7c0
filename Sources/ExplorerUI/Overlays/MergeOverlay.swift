import Explorer
import Terminal
import VectorStore

/// The merge wizard: what the other store is, what collides, what will come of it.
public struct MergeOverlay: Sendable, Equatable {
  public let path: String
  public internal(set) var policy: DuplicatePolicy
  /// Nil until it has been worked out for `policy`.
  public internal(set) var plan: MergePlan?
  public internal(set) var list = ListPosition()

  /// What people read for each answer to ids that are here already.
  static func name(_ policy: DuplicatePolicy) -> String {
    policy == .fail ? "stop" : policy.rawValue
  }

  /// Why it cannot be merged now; nil when it can.
  var problem: String? {
    guard let plan else { return "the other store is still being looked at" }
    if let problem = plan.problem { return problem }
    if policy == .fail, !plan.collidingIDs.isEmpty {
      let count = plan.collidingIDs.count
      let verb = count == 1 ? "is" : "are"
      return "\(CountText.of(count, "id")) \(verb) here already; choose skip, rename or replace"
    }
    return nil
  }

  /// Lines above the list of documents.
  private static let summaryHeight = 8

  func rect(_ arrangement: Arrangement) -> Rect {
    let documents = plan.map { $0.fates.isEmpty ? 0 : $0.fates.count + 1 } ?? 0
    return arrangement.overlay(
      width: 106, height: min(arrangement.size.height - 2, Self.summaryHeight + 2 + documents))
  }

  /// How many documents fit below the summary.
  func height(_ arrangement: Arrangement) -> Int {
    max(1, rect(arrangement).height - Self.summaryHeight - 3)
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let keys: [Command] = [.mergeAccept, .nextPolicy, .closeOverlay]
    painter.window(rect, title: "merge into \(state.summary.name)", bottom: painter.hints(keys, state.keymap))
    let inner = rect.inset(by: 1)
    guard let plan else {
      painter.write("looking at \(path)…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner, cut: true)
      return
    }
    var y = inner.y
    func row(_ label: String, _ text: String, _ role: StyleName = .text) {
      painter.write(label, x: inner.x + 1, y: y, .dim, in: inner)
      painter.write(
        text, x: inner.x + 11, y: y, role,
        in: Rect(x: inner.x + 11, y: y, width: inner.width - 12, height: 1), cut: true)
      y += 1
    }
    let separator = "  ·  "
    row(
      "from",
      [plan.sourceName, CountText.of(plan.sourceCount, "document"), "\(plan.dimension) d", plan.indexType]
        .joined(separator: separator))
    if plan.problem == nil, !plan.notes.isEmpty {
      row("fits", plan.notes.joined(separator: "; "), .warning)
    } else {
      row("fits", plan.problem ?? "yes", plan.problem == nil ? .success : .danger)
    }
    guard plan.problem == nil || !plan.fates.isEmpty else { return }
    let collisions = plan.collidingIDs.count
    let some =
      plan.collidingIDs.prefix(4).map(\.short).joined(separator: ", ") + (collisions > 4 ? ", …" : "")
    row("ids", here(collisions) + (collisions == 0 ? "" : ": \(some)"), collisions == 0 ? .text : .warning)
    row("content", here(plan.sameContent))
    drawPolicies(x: inner.x + 11, y: y, in: inner, &painter)
    painter.write("same ids", x: inner.x + 1, y: y, .dim, in: inner)
    y += 1
    let added = plan.resultCount - state.summary.count
    let change = "\(added < 0 ? "−" : "+") \(NumberText.grouped(abs(added)))"
    let sum =
      "\(NumberText.grouped(state.summary.count)) \(change) = \(CountText.of(plan.resultCount, "document"))"
    row("result", "\(sum); \(plan.sourceName) stays as it is")
    drawFates(
      plan, in: Rect(x: inner.x, y: y + 1, width: inner.width, height: inner.maxY - y - 1), state, &painter)
  }

  /// The ids of both stores before, and of this one after, document by document.
  private func drawFates(_ plan: MergePlan, in space: Rect, _ state: AppState, _ painter: inout Painter) {
    guard space.height > 1, !plan.fates.isEmpty else { return }
    let columns = [1, 18, 35, 62].map { space.x + $0 }
    func cell(_ text: String, _ column: Int, y: Int, _ role: StyleName) {
      let end = column + 1 < columns.count ? columns[column + 1] - 1 : space.maxX
      let place = Rect(x: columns[column], y: y, width: max(0, end - columns[column]), height: 1)
      painter.write(text, x: place.x, y: y, role, in: place, cut: true)
    }
    for (column, title) in ["in \(plan.sourceName)", "here now", "here after", "content"].enumerated() {
      cell(title, column, y: space.y, .dim)
    }
    let height = height(state.arrangement)
    for (offset, fate) in plan.fates.dropFirst(list.top).prefix(height).enumerated() {
      let y = space.y + 1 + offset
      cell("\(fate.sourceRow)  \(fate.id.short)", 0, y: y, .text)
      cell(fate.ownRow.map { "\($0)  \(fate.id.short)" } ?? "", 1, y: y, .text)
      let (word, role): (String, StyleName) =
        switch fate.kind {
        case .added: ("", .added)
        case .renamed: ("renamed", .accent)
        case .replaces: ("replaces", .warning)
        case .skipped: ("left out", .dim)
        case .collides: ("stands in the way", .danger)
        }
      // A new id differs at its end.
      let ending = fate.newID.map { $0.text.dropFirst(fate.id.text.count) } ?? ""
      let after = fate.row.map { "\($0)  \(fate.id.short)\(ending.isEmpty ? "" : "…\(ending)")" }
      cell([after, word].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  "), 2, y: y, role)
      cell(fate.content, 3, y: y, .dim)
      if list.top + offset == list.selected {
        painter.select(Rect(x: space.x, y: y, width: space.width, height: 1), focused: true)
      }
    }
  }

  private func here(_ count: Int) -> String {
    count == 0 ? "none is here already" : "\(NumberText.grouped(count)) here already"
  }

  private func drawPolicies(x: Int, y: Int, in inner: Rect, _ painter: inout Painter) {
    var x = x
    for policy in DuplicatePolicy.allCases {
      let isChosen = policy == self.policy
      let text = "\(isChosen ? painter.glyphs.chosen : "( )") \(MergeOverlay.name(policy))"
      x += painter.write(text, x: x, y: y, isChosen ? .accent : .text, in: inner) + 2
    }
  }
}
