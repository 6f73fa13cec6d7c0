import Explorer
import Terminal
import VectorStore

/// One document in two states, side by side, or one above the other where it is narrow: on disk and after a save, or
/// in two stores.
public struct CompareOverlay: Sendable, Equatable {
  private let title: String
  private let before: Document?
  private let after: Document?
  /// What stands over each of the two.
  private let headBefore: String
  private let headAfter: String
  public internal(set) var top = 0

  init(_ entry: ChangeEntry) {
    title = "\(entry.kind.rawValue) · row \(entry.row) · \(entry.id.short)"
    (before, after) = (entry.before, entry.after)
    headBefore = before == nil ? "not on disk" : "on disk"
    headAfter = after == nil ? "deleted by the save" : "after the save"
  }

  init(_ entry: StoreComparison.Entry, _ names: StoreComparison.Names) {
    title = "\(entry.kind.rawValue) · row \(entry.row) · \(entry.document?.id.short ?? "")"
    (before, after) = (entry.before, entry.after)
    headBefore = before == nil ? "not in \(names.before)" : names.before
    headAfter = after == nil ? "not in \(names.after)" : names.after
  }

  /// From this width of the window on, the two stand beside each other.
  private static let widestStack = 90

  struct Line: Sendable, Equatable {
    var text: String
    var isDifferent = false
    /// Says which of the two follows.
    var isTitle = false
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: arrangement.size.height - 4)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  private func isBeside(_ arrangement: Arrangement) -> Bool { rect(arrangement).width >= Self.widestStack }

  private func columnWidth(_ arrangement: Arrangement) -> Int {
    let width = rect(arrangement).width - 4
    return max(1, isBeside(arrangement) ? (width - 3) / 2 : width)
  }

  /// The lines of both, metadata key by key, then the contents; `inStep` keeps what belongs together side by side.
  func columns(width: Int, inStep: Bool = true) -> (before: [Line], after: [Line]) {
    var (before, after): ([Line], [Line]) = ([], [])
    let (old, new) = (self.before?.metadata ?? [:], self.after?.metadata ?? [:])
    func append(_ old: [Line], _ new: [Line]) {
      let count = inStep ? max(old.count, new.count) : 0
      before += old + [Line](repeating: Line(text: ""), count: max(0, count - old.count))
      after += new + [Line](repeating: Line(text: ""), count: max(0, count - new.count))
    }
    let keys = old.entries.map(\.key) + new.entries.map(\.key).filter { old[$0] == nil }
    for key in keys {
      func lines(_ metadata: Metadata) -> [Line] {
        let value = metadata[key].map { "\(key.displayText)  \($0.displayText)" } ?? ""
        guard !value.isEmpty || inStep else { return [] }
        return TextWidth.wrap(Printable.line(value), to: width)
          .map { Line(text: $0, isDifferent: old[key] != new[key]) }
      }
      append(lines(old), lines(new))
    }
    if !keys.isEmpty { append([Line(text: "")], [Line(text: "")]) }
    let (oldText, newText) = (Self.paragraphs(self.before), Self.paragraphs(self.after))
    let kept = Set(oldText).intersection(newText)
    func wrapped(_ paragraphs: [String]) -> [Line] {
      paragraphs.flatMap { paragraph in
        let lines = TextWidth.wrap(paragraph, to: width)
        return (lines.isEmpty ? [""] : lines).map { Line(text: $0, isDifferent: !kept.contains(paragraph)) }
      }
    }
    append(wrapped(oldText), wrapped(newText))
    return (before, after)
  }

  private static func paragraphs(_ document: Document?) -> [String] {
    document.map { Printable.paragraphs($0.content.string) } ?? []
  }

  /// How many lines there are to scroll through.
  func lineCount(_ arrangement: Arrangement) -> Int {
    let columns = columns(width: columnWidth(arrangement), inStep: isBeside(arrangement))
    return isBeside(arrangement) ? columns.before.count + 1 : columns.before.count + columns.after.count + 3
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let arrangement = state.arrangement
    let rect = rect(arrangement)
    painter.window(
      rect, title: title, bottom: painter.hints([.closeOverlay], state.keymap))
    let width = columnWidth(arrangement)
    let (before, after) = columns(width: width, inStep: isBeside(arrangement))
    let heads = (Line(text: headBefore, isTitle: true), Line(text: headAfter, isTitle: true))
    let inner = rect.inset(by: 1)
    if isBeside(arrangement) {
      let right = inner.x + 1 + width + 3
      draw([heads.0] + before, .removed, x: inner.x + 1, width: width, inner, &painter)
      draw([heads.1] + after, .added, x: right, width: width, inner, &painter)
    } else {
      let rest = [Line(text: ""), heads.1] + after
      let lines = [heads.0] + before
      draw(lines, .removed, x: inner.x + 1, width: width, inner, &painter)
      draw(rest, .added, from: lines.count, x: inner.x + 1, width: width, inner, &painter)
    }
  }

  private func draw(
    _ lines: [Line], _ role: StyleName, from start: Int = 0, x: Int, width: Int, _ inner: Rect,
    _ painter: inout Painter
  ) {
    for (number, line) in lines.enumerated() {
      let offset = start + number - top
      guard offset >= 0, offset < inner.height - 2 else { continue }
      let place = Rect(x: x, y: inner.y + 1 + offset, width: width, height: 1)
      let role = line.isDifferent ? role : line.isTitle ? .dim : .text
      painter.write(line.text, x: place.x, y: place.y, role, in: place)
    }
  }
}
