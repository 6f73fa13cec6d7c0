import Explorer
import Terminal
import VectorStore

/// A column of the documents list.
public enum DocumentColumn: Sendable, Hashable {
  case row, id, content
  case metadata(String)

  static let standard: [DocumentColumn] = [.row, .id, .content]

  init(_ name: String) {
    switch name {
    case "row": self = .row
    case "id": self = .id
    case "content": self = .content
    default: self = .metadata(name)
    }
  }

  var title: String { key.name }

  /// What a click on its title sorts by.
  var key: RowOrder.Key {
    switch self {
    case .row: .row
    case .id: .id
    case .content: .content
    case .metadata(let name): .metadata(name)
    }
  }

  /// What a row has in it; nil where it has nothing.
  func text(of row: Row, columns: Int) -> String? {
    switch self {
    case .row: return String(row.row)
    case .id: return row.document.id.short
    case .content: return row.document.content.string.preview(columns)
    case .metadata(let name):
      let value = FieldPath(.string(Text(name))).value(in: row.document.metadata)
      return value.map { String($0.displayText.prefix(columns * 2)).preview(columns) }
    }
  }

  var isNumber: Bool { self == .row }
}

/// Where the columns of the documents list stand, counted from the left of the pane's inside.
struct DocumentColumns {
  private static let widest = 24
  let places: [(column: DocumentColumn, rect: Rect, isNumber: Bool)]

  /// As wide as the rows shown ask for; content takes what is left, and what does not fit is left out.
  init(_ columns: [DocumentColumn], width: Int, largestRow: Int, rows: [Row]) {
    var x = 2
    var places: [(DocumentColumn, Rect, Bool)] = []
    let hasContent = columns.contains(.content)
    for (index, column) in columns.enumerated() {
      let isLast = index == columns.count - 1
      var wanted: Int
      var isNumber = false
      switch column {
      case .row:
        wanted = max(3, String(max(0, largestRow - 1)).count)
        isNumber = true
      case .id: wanted = width >= 24 ? 8 : 0
      case .content:
        let after = columns[(index + 1)...].reduce(0) {
          $0 + 2 + min(Self.widest, Self.natural($1, rows))
        }
        wanted = max(8, width - x - after)
      case .metadata:
        // With content beside it a key gets at most what leaves some of that to be read.
        let most = hasContent ? max(4, min(Self.widest, (width - x) / 2)) : Self.widest
        wanted = isLast ? width - x : min(most, Self.natural(column, rows))
        isNumber = rows.allSatisfy { Self.isNumber(column, $0) } && !rows.isEmpty
        if isNumber { wanted = min(most, Self.natural(column, rows)) }
      }
      wanted = min(wanted, width - x)
      guard wanted > 0 else { continue }
      places.append((column, Rect(x: x, y: 0, width: wanted, height: 1), isNumber))
      x += wanted + 2
    }
    self.places = places
  }

  private static func natural(_ column: DocumentColumn, _ rows: [Row]) -> Int {
    let texts = rows.compactMap { column.text(of: $0, columns: widest) }
    return max(
      TextWidth.columns(of: Printable.line(column.title)) + 1,
      texts.map { TextWidth.columns(of: Printable.line($0)) }.max() ?? 0)
  }

  private static func isNumber(_ column: DocumentColumn, _ row: Row) -> Bool {
    guard case .metadata(let name) = column else { return false }
    switch FieldPath(.string(Text(name))).value(in: row.document.metadata) {
    case nil, .int, .float, .null: return true
    default: return false
    }
  }

  func drawTitles(_ order: RowOrder, at point: Point, in rect: Rect, _ painter: inout Painter) {
    for (column, place, isNumber) in places {
      let isSorted = column.key == order.key && order != .standard
      let arrow = isSorted ? (order.isDescending ? "▼" : "▲") : ""
      let line = place.moved(to: Rect(x: point.x, y: point.y, width: rect.width, height: 1))
      let role: StyleName = isSorted ? .accent : .dim
      let title = TextWidth.truncate(
        Printable.line(column.title), to: line.width - (isSorted ? 1 : 0), ellipsis: painter.glyphs.ellipsis)
      if isNumber {
        painter.writeRight(title + arrow, maxX: line.maxX, y: point.y, role, in: rect)
      } else {
        painter.write(title + arrow, x: line.x, y: point.y, role, in: rect)
      }
      painter.respond(line, .column(column))
    }
  }

  func draw(_ row: Row, isMarked: Bool, in line: Rect, _ painter: inout Painter) {
    if isMarked { painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line) }
    for (column, place, isNumber) in places {
      let place = place.moved(to: line)
      guard let text = column.text(of: row, columns: place.width) else { continue }
      let role: StyleName =
        switch column {
        case .row: .row
        case .id: .id
        case .content, .metadata: .text
        }
      if isNumber, painter.columns(of: text) <= place.width {
        painter.writeRight(text, maxX: place.maxX, y: line.y, role, in: line)
      } else {
        painter.write(text, x: place.x, y: line.y, role, in: place, cut: column != .id)
      }
    }
  }
}
