import Diagnosis
import Explorer
import Terminal
import VectorStore

/// What the metadata holds, key by key: how many documents have it, of which types, how its values are spread.
public struct ProfileOverlay: Sendable, Equatable {
  /// Nil while it is being read.
  public internal(set) var profile: MetadataProfile?
  public internal(set) var list = ListPosition()

  var selected: KeyProfile? {
    guard let keys = profile?.keys, keys.indices.contains(list.selected) else { return nil }
    return keys[list.selected]
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: min(arrangement.size.height, (profile?.keys.count ?? 10) + 5))
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let title = profile.map { "metadata · \(CountText.of($0.keys.count, "key")) in \(CountText.of($0.documents, "document"))" }
    painter.window(
      rect, title: title ?? "metadata", bottom: painter.hints(Overlay.profile(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    guard let profile else {
      painter.write("reading the metadata…", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    guard !profile.keys.isEmpty else {
      painter.write("no document has metadata", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
      return
    }
    let columns = columns(inner.width - 2)
    let titles = ["key", "have it", "distinct", "types", "least to greatest", "how many each"]
    drawLine(titles, role: { _ in .dim }, at: inner.y, columns, inner, &painter)
    for (offset, key) in profile.keys.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 1 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      let roles: [StyleName] = [
        .metadataKey, key.present < profile.documents ? .warning : .row, .row,
        key.isMixed ? .warning : .metadataType, .text, .scoreBar,
      ]
      drawLine(cells(of: key, profile), role: { roles[$0] }, at: line.y, columns, inner, &painter)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }

  private func cells(of key: KeyProfile, _ profile: MetadataProfile) -> [String] {
    let share = Double(key.present) / Double(max(1, profile.documents)) * 100
    let types = key.types.map { key.types.count > 1 ? "\($0.name) \(NumberText.grouped($0.count))" : $0.name }
    let range = [key.least, key.greatest].compactMap { $0?.displayText }
    return [
      key.name,
      key.present == profile.documents ? "all" : "\(NumberText.fixed(share, decimals: share < 10 ? 1 : 0)) %",
      NumberText.grouped(key.distinct),
      types.joined(separator: ", "),
      key.distinct == 1 ? range.first ?? "" : range.map { TextWidth.truncate($0, to: 16) }.joined(separator: " to "),
      Sparkline(key.shape.map { Float($0) }, columns: KeyProfile.steps).text,
    ]
  }

  /// Start and width of each column; those at the end are left out where it is narrow.
  private func columns(_ width: Int) -> [(x: Int, width: Int)] {
    let keyWidth = max(12, min(24, width / 4))
    let typeWidth = max(8, min(24, width / 5))
    let fixed = keyWidth + 8 + 9 + typeWidth + 4 * 2
    let range = width - fixed - KeyProfile.steps - 2
    let widths = range >= 12 ? [keyWidth, 8, 9, typeWidth, range, KeyProfile.steps] : [keyWidth, 8, 9, max(8, width - keyWidth - 23)]
    var x = 0
    return widths.map { width in
      defer { x += width + 2 }
      return (x, width)
    }
  }

  private func drawLine(
    _ cells: [String], role: (Int) -> StyleName, at y: Int, _ columns: [(x: Int, width: Int)], _ inner: Rect,
    _ painter: inout Painter
  ) {
    for (number, (cell, column)) in zip(cells, columns).enumerated() {
      let place = Rect(x: inner.x + 1 + column.x, y: y, width: column.width, height: 1)
      if number == 1 || number == 2 {
        painter.writeRight(cell, maxX: place.maxX, y: y, role(number), in: place)
      } else {
        painter.write(cell, x: place.x, y: y, role(number), in: place, cut: true)
      }
    }
  }
}
