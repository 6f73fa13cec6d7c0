import Explorer
import Terminal
import VectorStore

func drawDocumentsPane(_ state: AppState, _ painter: inout Painter) {
  let arrangement = state.arrangement
  let rect = arrangement[.documents]
  guard !rect.isEmpty else { return }
  let pane = state.documents
  var labels = Painter.Labels(title: "1 documents")
  if state.activeFilter != nil {
    labels.title += " · \(NumberText.grouped(pane.count)) of \(NumberText.grouped(pane.total))"
  }
  labels.bottomLeft =
    pane.count == 0
    ? "" : "\(NumberText.grouped(pane.list.selected + 1)) of \(NumberText.grouped(pane.count))"
  if !state.marks.isEmpty { labels.bottomRight = "\(NumberText.grouped(state.marks.count)) marked" }
  painter.panel(rect, labels, focused: state.focus == .documents)
  let inner = rect.inset(by: 1)
  guard pane.count > 0 else {
    painter.emptyText(emptyText(state), in: inner)
    return
  }
  let height = arrangement.listHeight(.documents)
  let shown = (pane.list.top..<min(pane.count, pane.list.top + height)).compactMap { pane.row(at: $0) }
  let columns = DocumentColumns(
    pane.columns, width: inner.width, largestRow: state.summary.count, rows: shown)
  var y = inner.y
  if arrangement.hasColumnTitles(.documents) {
    columns.drawTitles(pane.order, at: Point(x: inner.x, y: y), in: inner, &painter)
    y += 1
  }
  for offset in 0..<height where pane.list.top + offset < pane.count {
    let place = pane.list.top + offset
    let line = Rect(x: inner.x, y: y + offset, width: inner.width, height: 1)
    guard let row = pane.row(at: place) else {
      painter.write("…", x: line.x + 4, y: line.y, .dim, in: line)
      continue
    }
    let isMarked = state.marks.contains(row.document.id) || pane.list.range?.contains(place) == true
    columns.draw(row, isMarked: isMarked, in: line, &painter)
    if place == pane.list.selected {
      painter.showSelection(line, focused: state.focus == .documents, isMarked: isMarked)
    }
  }
}

private func emptyText(_ state: AppState) -> String {
  if !state.hasStore { return "no store is open; \(state.key(.openStore)) opens one" }
  if state.documents.window == nil { return "reading…" }
  if state.activeFilter != nil {
    return "no documents match: \(state.key(.back)) clears the filter, \(state.key(.focusFilter)) changes it"
  }
  return "this store is empty: \(state.key(.merge)) merges another one into it"
}

extension Rect {
  /// The same columns in a line of the screen.
  func moved(to line: Rect) -> Rect {
    Rect(x: line.x + x, y: line.y, width: max(0, min(width, line.maxX - line.x - x)), height: 1)
  }
}

extension String {
  /// The beginning as one line: line breaks and runs of blanks become one blank.
  func preview(_ columns: Int) -> String {
    if let line = plainPreview(columns) { return line }
    var line = ""
    var count = 0
    var wasBlank = true
    for character in self {
      let isBlank = character.isNewline || character == " " || character == "\t"
      if isBlank && wasBlank { continue }
      line.append(isBlank ? " " : character)
      wasBlank = isBlank
      count += 1
      if count > columns { break }
    }
    return line
  }

  /// The same where as much as is shown, and the byte after, is ASCII; else nil.
  private func plainPreview(_ columns: Int) -> String? {
    var line: [UInt8] = []
    line.reserveCapacity(columns + 1)
    for byte in utf8 {
      let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
      guard isBlank || (byte > 0x20 && byte < 0x7F) else { return nil }
      // A mark may belong to the last character, so that one byte more is looked at.
      if line.count > columns { break }
      if isBlank, line.last ?? 0x20 == 0x20 { continue }
      line.append(isBlank ? 0x20 : byte)
    }
    return String(decoding: line, as: UTF8.self)
  }
}

extension Painter {
  /// Marks the selected row at its left and restyles it.
  mutating func showSelection(_ line: Rect, focused: Bool, isMarked: Bool) {
    write(glyphs.selected, x: line.x, y: line.y, .accent, in: line)
    select(Rect(x: line.x + 1, y: line.y, width: line.width - 1, height: 1), focused: focused)
  }

  /// What to do in a pane that has nothing to show.
  mutating func emptyText(_ text: String, in rect: Rect) {
    for (offset, line) in TextWidth.wrap(plain(text), to: max(1, rect.width - 2)).prefix(rect.height)
      .enumerated()
    {
      write(line, x: rect.x + 1, y: rect.y + offset, .dim, in: rect)
    }
  }
}
