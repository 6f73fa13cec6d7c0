import Explorer
import Terminal
import VectorStore

/// What saving will write: every change against the disk, the counts, the files.
public struct ChangesOverlay: Sendable, Equatable {
  /// Nil until it has been worked out.
  public internal(set) var plan: ChangePlan?
  public internal(set) var list = ListPosition()
  /// True for what unsaved edits of an earlier session would change.
  var isPreview = false

  var lineCount: Int { plan?.entries.count ?? 0 }

  /// The change that can be looked at whole.
  var selected: ChangeEntry? {
    plan.flatMap { $0.entries.indices.contains(list.selected) ? $0.entries[list.selected] : nil }
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: min(arrangement.size.height - 4, max(8, lineCount + 6)))
  }

  /// Changes shown at once.
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 5) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let keys = Overlay.changes(self).footer
    painter.window(rect, title: "changes · \(state.summary.name)", bottom: painter.hints(keys, state.keymap))
    let inner = rect.inset(by: 1)
    guard let plan else {
      painter.write("comparing with what is on disk…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    if plan.entries.isEmpty {
      painter.write("nothing differs from what is on disk", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
    }
    for (offset, entry) in plan.entries.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x + 1, y: inner.y + offset, width: inner.width - 2, height: 1)
      draw(entry, at: line, &painter)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
    let bottom = Rect(x: inner.x + 1, y: inner.maxY - 2, width: inner.width - 2, height: 1)
    painter.write(consequences(plan), x: bottom.x, y: bottom.y, .text, in: bottom, cut: true)
    let notes = plan.notes.joined(separator: " · ")
    painter.write(
      notes, x: bottom.x, y: bottom.y + 1, .dim,
      in: Rect(x: bottom.x, y: bottom.y + 1, width: bottom.width, height: 1), cut: true)
  }

  private func consequences(_ plan: ChangePlan) -> String {
    let files = plan.files.map { file in
      file.bytes.map { "\(file.name) \(NumberText.bytes($0))" } ?? file.name
    }.joined(separator: " and ")
    let counts = "\(NumberText.grouped(plan.countBefore)) → \(NumberText.grouped(plan.countAfter)) documents"
    return files.isEmpty ? counts : "\(counts) · writes \(files)"
  }

  private func draw(_ entry: ChangeEntry, at line: Rect, _ painter: inout Painter) {
    let (sign, word, role): (String, String, StyleName) =
      switch entry.kind {
      case .deleted: ("−", "deleted", .removed)
      case .added: ("+", "added", .added)
      case .merged: ("+", "merged", .added)
      case .edited: ("~", "edited", .edited)
      }
    painter.write("\(sign) \(word)", x: line.x, y: line.y, role, in: line)
    painter.write("row \(entry.row)", x: line.x + 12, y: line.y, .row, in: line)
    painter.write(
      entry.id.short, x: line.x + 25, y: line.y, .id, in: Rect(x: line.x + 25, y: line.y, width: 8, height: 1)
    )
    let note =
      entry.note.map { TextWidth.truncate(Printable.line($0), to: 30, ellipsis: painter.glyphs.ellipsis) }
      ?? ""
    let noteWidth = note.isEmpty ? 0 : TextWidth.columns(of: note) + 2
    let content = Rect(x: line.x + 35, y: line.y, width: line.width - 35 - noteWidth, height: 1)
    painter.write(
      entry.content.preview(content.width), x: content.x, y: content.y, .text, in: content, cut: true)
    painter.write(note, x: line.maxX - noteWidth + 2, y: line.y, .dim, in: line)
  }
}
