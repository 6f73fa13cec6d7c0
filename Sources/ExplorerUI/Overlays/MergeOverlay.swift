import Explorer
import Terminal
import VectorStore

/// The merge wizard: what the other store is, what collides, what will come of it.
public struct MergeOverlay: Sendable, Equatable {
  public let path: String
  public internal(set) var policy: DuplicatePolicy
  /// Nil until it has been worked out for `policy`.
  public internal(set) var plan: MergePlan?

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

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = state.arrangement.overlay(width: 106, height: 10)
    let keys: [Command] = [.mergeAccept, .nextPolicy, .closeOverlay]
    painter.window(rect, title: "merge into \(state.summary.name)", bottom: painter.hints(keys, state.keymap))
    let inner = rect.inset(by: 1)
    guard let plan else {
      painter.write("looking at \(path)…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner, cut: true)
      return
    }
    var y = inner.y + 1
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
