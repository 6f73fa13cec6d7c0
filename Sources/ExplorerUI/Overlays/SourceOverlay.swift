import Diagnosis
import Terminal
import VectorStore

/// A source put together from its chunks, with the overlaps dimmed and the selected chunk in place.
public struct SourceOverlay: Sendable, Equatable {
  /// The document it was opened from.
  let id: DocumentID
  let title: String
  /// Nil while it is being read.
  public internal(set) var source: SourceText?
  public internal(set) var top = 0
  /// Words of the query, to underline.
  var terms: [String] = []

  struct Line: Sendable, Equatable {
    var text: String
    var role: StyleName
    /// Part of the chunk that it was opened from.
    var isHere = false
    /// The head of a chunk, which names it.
    var isHead = false
  }

  init(id: DocumentID, title: String, terms: [String]) {
    self.id = id
    self.title = title
    self.terms = terms
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 110, height: arrangement.size.height)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 3) }

  /// The whole source, wrapped.
  func lines(_ arrangement: Arrangement) -> [Line] {
    let width = max(1, rect(arrangement).width - 6)
    return (source?.chunks ?? []).flatMap { chunk in
      let isHere = chunk.id == id
      let gap = chunk.followsGap ? " · text is missing before it" : ""
      let head = Line(
        text: "row \(chunk.row) · \(chunk.id.short)\(gap)", role: chunk.followsGap ? .warning : .dim,
        isHere: isHere, isHead: true)
      func wrapped(_ text: String, _ role: StyleName) -> [Line] {
        guard !text.isEmpty else { return [] }
        return Printable.paragraphs(text).flatMap { paragraph in
          let lines = TextWidth.wrap(paragraph, to: width)
          return (lines.isEmpty ? [""] : lines).map { Line(text: $0, role: role, isHere: isHere) }
        }
      }
      return [head] + wrapped(chunk.overlap, .dim) + wrapped(chunk.text, .text)
    }
  }

  /// Takes the source in and scrolls to the chunk that it was opened from.
  mutating func show(_ source: SourceText, _ arrangement: Arrangement) {
    self.source = source
    let lines = lines(arrangement)
    let here = lines.firstIndex { $0.isHere } ?? 0
    top = max(0, min(here - 2, lines.count - height(arrangement)))
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let count = source.map { " · \(CountText.of($0.chunks.count, "chunk"))" } ?? ""
    painter.window(
      rect, title: title + count, bottom: painter.hints(Overlay.source(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    guard source != nil else {
      painter.write("reading the chunks…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    let shown = lines(state.arrangement).dropFirst(top).prefix(height(state.arrangement))
    for (offset, line) in shown.enumerated() {
      let place = Rect(x: inner.x + 3, y: inner.y + offset, width: inner.width - 4, height: 1)
      if line.isHere {
        painter.write(painter.glyphs.selected, x: inner.x + 1, y: place.y, .accent, in: inner)
      }
      painter.write(line.text, x: place.x, y: place.y, line.role, in: place, cut: line.isHead)
      if !line.isHead { painter.highlight(terms, in: line.text, x: place.x, y: place.y, clippedTo: place) }
    }
  }
}
