import Explorer
import Terminal
import VectorStore

/// A list to choose from, made shorter by typing: values of a key, edits, queries, a menu, the themes, the columns.
public struct ChooseOverlay: Sendable, Equatable {
  public enum Purpose: Sendable, Equatable {
    /// A metadata key whose values are looked at.
    case key
    /// A value of the key, to filter by.
    case value(of: String)
    /// An edit to go to.
    case edit
    /// A query that was asked before.
    case query
    /// Commands, at a place of the screen.
    case menu(Point)
    /// Themes, shown as one goes through them; what was worn before comes back on leaving.
    case theme(before: String)
    case sort
    case columns
    /// What the points of the map are coloured by.
    case coloring(current: MapColoring)
    /// The stores opened before, or those in a folder.
    case stores(folder: String?, StoreUse)
  }

  struct Item: Sendable, Equatable {
    enum Meaning: Sendable, Equatable {
      case key(String)
      /// A comparison in the filter language.
      case comparison(String)
      /// So many edits back or on.
      case steps(Int)
      case query(String)
      case command(Command)
      case theme(String)
      case order(RowOrder.Key)
      case column(DocumentColumn)
      case coloring(MapColoring)
      /// What opens a store, or lists a folder.
      case store(String)
      case folder(String)
    }

    var text: String
    /// At the right: a key, a direction.
    var note = ""
    var meaning: Meaning
    /// How many documents have it.
    var count: Int?
    /// Where this item is what holds now.
    var isCurrent = false
  }

  struct Awaited: Sendable, Equatable {
    var text: String
    var excluding: Bool
  }

  public let purpose: Purpose
  /// Nil while they are being read.
  var items: [Item]?
  /// What was to be taken before there was anything: the first that fits this text.
  var awaited: Awaited?
  public internal(set) var field = TextField()
  public internal(set) var list = ListPosition()

  init(_ purpose: Purpose, _ items: [Item]? = nil) {
    self.purpose = purpose
    self.items = items
  }

  /// What fits the line typed, in the order of the whole list.
  var shown: [Item] {
    let words = field.text.lowercased().split(separator: " ")
    return (items ?? []).filter { item in
      let text = item.text.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  var selected: Item? {
    let shown = shown
    return shown.indices.contains(list.selected) ? shown[list.selected] : nil
  }

  private var title: String {
    switch purpose {
    case .key: "metadata keys"
    case .value(let key): "values of \(key)"
    case .edit: "edits of this session"
    case .query: "queries"
    case .menu: "menu"
    case .theme: "theme"
    case .sort: "sort by"
    case .columns: "columns"
    case .coloring: "colour by"
    case .stores(nil, .open): "open a store"
    case .stores(nil, .merge): "merge a store into this one"
    case .stores(nil, .compare): "compare this store with"
    case .stores(let folder?, let use): "\(use) · \(Self.shortened(folder))"
    }
  }

  private var placeholder: String {
    switch purpose {
    case .key: "a few letters of a key"
    case .value: "a few letters of a value"
    case .edit: "a few letters of an edit"
    case .query: "a few letters of a query"
    case .menu: "what to do"
    case .theme: "a name"
    case .sort: "a key; again turns the order round"
    case .columns: "a key; Enter shows or hides it"
    case .coloring: "a key"
    case .stores: "a few letters, or a path; Backspace goes to the folder above"
    }
  }

  private var emptyText: String {
    guard items != nil else { return "reading…" }
    switch purpose {
    case .stores where !field.isEmpty: return "nothing matches; Enter takes it as a path"
    case _ where !field.isEmpty: return "nothing matches"
    case .key: return "no document has metadata"
    case .value: return "no document under the filter has it"
    case .edit: return "nothing was edited yet"
    case .query: return "nothing was asked yet"
    case .menu, .theme, .sort, .columns, .coloring: return "nothing to choose from"
    case .stores: return "neither stores nor folders"
    }
  }

  /// What its keys do.
  var footer: [Command] {
    if case .value = purpose { return [.fieldSubmit, .excludeValue, .fieldLeave] }
    return [.fieldSubmit, .fieldLeave]
  }

  /// Whether room is kept for the sign of what holds now.
  private var showsCurrent: Bool {
    switch purpose {
    case .edit, .theme, .sort, .columns, .coloring: true
    case .key, .value, .query, .menu, .stores: false
    }
  }

  // MARK: Where it is

  func rect(_ arrangement: Arrangement) -> Rect {
    let size = arrangement.size, count = items?.count ?? 0
    switch purpose {
    case .key, .value, .edit, .query: return arrangement.overlay(width: 76, height: 22)
    case .stores: return arrangement.overlay(width: 96, height: 22)
    case .theme, .sort, .columns, .coloring: return arrangement.overlay(width: 44, height: min(count, 16) + 4)
    case .menu(let point):
      let width = min(44, size.width - 4), height = min(count + 4, size.height - 2)
      return Rect(
        x: max(0, min(point.x + 1, size.width - width)), y: max(0, min(point.y, size.height - height)),
        width: width, height: height)
    }
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: title, bottom: painter.hints(footer, state.keymap))
    let inner = rect.inset(by: 1)
    painter.field(
      field, placeholder: placeholder, x: inner.x + 1, y: inner.y, width: inner.width - 2, focused: true)
    let shown = shown
    if shown.isEmpty { painter.write(emptyText, x: inner.x + 1, y: inner.y + 2, .dim, in: inner) }
    let counts = Counts(shown, width: inner.width)
    for (offset, item) in shown.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 2 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      draw(item, at: line, counts, &painter)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }

  private func draw(_ item: Item, at line: Rect, _ counts: Counts, _ painter: inout Painter) {
    if item.isCurrent { painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line) }
    let left = showsCurrent ? 3 : 1
    let noteWidth = painter.columns(of: item.note)
    let right = counts.width + (noteWidth > 0 ? noteWidth + 1 : 0)
    let place = Rect(x: line.x + left, y: line.y, width: max(1, line.width - left - right - 1), height: 1)
    painter.write(item.text, x: place.x, y: place.y, .text, in: place, cut: true)
    painter.writeRight(item.note, maxX: line.maxX - counts.width - 1, y: line.y, .footerKey, in: line)
    if let count = item.count {
      painter.writeRight(
        NumberText.grouped(count), maxX: line.maxX - counts.bar - 3, y: line.y, .row, in: line)
      painter.write(
        painter.glyphs.bar(Double(count) / Double(counts.most), columns: counts.bar),
        x: line.maxX - counts.bar - 1, y: line.y, .scoreBar, in: line)
    }
  }

  /// The columns that the counts take with their bars; none where nothing is counted.
  private struct Counts {
    var most = 1
    var bar = 0
    var width = 0

    init(_ items: [Item], width whole: Int) {
      let counts = items.compactMap(\.count)
      guard let digits = counts.map({ NumberText.grouped($0).count }).max() else { return }
      most = max(1, counts.max() ?? 1)
      bar = min(20, whole / 4)
      width = digits + bar + 4
    }
  }
}
