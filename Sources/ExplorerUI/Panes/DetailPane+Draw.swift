import Explorer
import Terminal
import VectorStore

/// One line of the document pane: pieces of text, each in its role.
struct DetailLine: Sendable, Equatable {
  struct Piece: Sendable, Equatable {
    var column: Int
    var text: String
    var role: StyleName
  }
  var pieces: [Piece] = []

  init(_ text: String = "", _ role: StyleName = .text) {
    if !text.isEmpty { pieces = [Piece(column: 0, text: text, role: role)] }
  }

  var text: String { pieces.map(\.text).joined(separator: " ") }
}

extension AppState {
  /// Columns that the document pane has for text.
  var detailWidth: Int { max(1, arrangement[.detail].width - 4) }
  var detailHeight: Int { max(1, arrangement[.detail].height - 2) }

  /// Everything the document pane says, top to bottom.
  func detailLines() -> [DetailLine] {
    guard let row = currentRow else { return [] }
    let width = detailWidth
    let document = row.document
    var lines = TextWidth.wrap(Printable.line(document.id.text), to: width).map { DetailLine($0, .id) }
    lines.append(DetailLine(placeText(row), .dim))
    lines.append(DetailLine())
    if !document.metadata.isEmpty {
      lines += metadataLines(document.metadata, width: width)
      lines.append(DetailLine())
    }
    for paragraph in Printable.paragraphs(document.content.string) {
      let wrapped = detail.wraps ? TextWidth.wrap(paragraph, to: width) : [paragraph]
      lines += (wrapped.isEmpty ? [""] : wrapped).map { DetailLine($0) }
    }
    if let loaded = detail.loaded, loaded.row.document.id == document.id {
      lines.append(DetailLine())
      lines += TextWidth.wrap(vectorText(loaded), to: width).map { DetailLine($0, .dim) }
    }
    return lines
  }

  private func vectorText(_ detail: DocumentDetail) -> String {
    guard !detail.vector.isEmpty else { return "this index cannot give its vectors back" }
    func number(_ value: Float, _ decimals: Int) -> String {
      NumberText.fixed(Double(value), decimals: decimals)
    }
    let range = "\(number(detail.minimum, 3)) to \(number(detail.maximum, 3))"
    return "vector \(detail.dimension) d · norm \(number(detail.norm, 4)) · \(range)"
  }

  private func placeText(_ row: Row) -> String {
    guard let hit = results.hits.first(where: { $0.document.id == row.document.id }) else {
      return "row \(row.row)"
    }
    return "row \(row.row) · \(NumberText.fixed(Double(hit.score), decimals: 4)) · rank \(hit.rank)"
  }

  private func metadataLines(_ metadata: Metadata, width: Int) -> [DetailLine] {
    let keys = metadata.entries.map { Printable.line($0.key.displayText) }
    let keyWidth = min(width / 3, keys.map(TextWidth.columns(of:)).max() ?? 0)
    return zip(keys, metadata.entries).map { key, entry in
      let type = entry.value.typeName
      let typeColumn = max(keyWidth + 2, width - type.count)
      let space = max(1, typeColumn - keyWidth - 4)
      var line = DetailLine(TextWidth.truncate(key, to: keyWidth), .metadataKey)
      let value = String(entry.value.displayText.prefix(space * 2))
      line.pieces.append(
        .init(column: keyWidth + 2, text: TextWidth.truncate(Printable.line(value), to: space), role: .text))
      line.pieces.append(.init(column: typeColumn, text: type, role: .metadataType))
      return line
    }
  }
}

func drawDetailPane(_ state: AppState, _ painter: inout Painter) {
  let rect = state.arrangement[.detail]
  guard !rect.isEmpty else { return }
  let lines = state.detailLines()
  let height = state.detailHeight
  let top = min(state.detail.top, max(0, lines.count - height))
  var labels = Painter.Labels(title: "3 document")
  if let row = state.currentRow {
    let words = row.document.content.string.split(whereSeparator: \.isWhitespace).count
    labels.bottomRight = CountText.of(words, "word")
    if lines.count > height {
      labels.bottomLeft = "\(top + 1) to \(min(lines.count, top + height)) of \(lines.count)"
    }
  }
  painter.panel(rect, labels, focused: state.focus == .detail)
  let inner = rect.inset(by: 1)
  guard !lines.isEmpty else {
    painter.emptyText("the selected document appears here", in: inner)
    return
  }
  let terms = state.query.terms + (state.finding.text.isEmpty ? [] : [state.finding.text.lowercased()])
  for (offset, line) in lines.dropFirst(top).prefix(height).enumerated() {
    let y = inner.y + offset
    let clip = Rect(x: inner.x + 1, y: y, width: inner.width - 2, height: 1)
    for piece in line.pieces {
      let x = clip.x + piece.column
      painter.write(piece.text, x: x, y: y, piece.role, in: clip, cut: true)
      if piece.role == .text { painter.highlight(terms, in: piece.text, x: x, y: y, clippedTo: clip) }
    }
  }
}
