import Explorer
import Terminal

/// A list to choose from, narrowed by typing: a menu, the themes, the keys to sort by, the columns.
public struct MenuOverlay: Sendable, Equatable {
  public enum Purpose: Sendable, Equatable {
    /// Commands, at a place of the screen.
    case menu(Point)
    /// Themes, shown as one goes through them; what was worn before comes back on leaving.
    case theme(before: String)
    case sort
    case columns
  }

  enum Value: Sendable, Equatable {
    case command(Command)
    case theme(String)
    case order(RowOrder.Key)
    case column(DocumentColumn)
  }

  struct Entry: Sendable, Equatable {
    var title: String
    /// At the right: a key.
    var note = ""
    /// True for what holds now.
    var isOn = false
    var value: Value
  }

  public let purpose: Purpose
  var entries: [Entry]
  var field = TextField()
  var list = ListPosition()

  /// The entries that match what was typed, best first.
  var shown: [Entry] {
    guard !field.isEmpty else { return entries }
    return entries.compactMap { entry in
      Suggestion.fuzzyScore(field.text, in: entry.title).map { (entry, $0) }
    }
    .enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
  }

  var selected: Entry? { shown.indices.contains(list.selected) ? shown[list.selected] : nil }

  private var title: String {
    switch purpose {
    case .menu: "menu"
    case .theme: "theme"
    case .sort: "sort by"
    case .columns: "columns"
    }
  }

  private var placeholder: String {
    switch purpose {
    case .menu: "what to do"
    case .theme: "a name"
    case .sort: "a key; again turns the order round"
    case .columns: "a key; Enter shows or hides it"
    }
  }

  // MARK: Where it is

  func rect(_ arrangement: Arrangement) -> Rect {
    let size = arrangement.size
    guard case .menu(let point) = purpose else {
      return arrangement.overlay(width: 44, height: min(entries.count, 16) + 4)
    }
    let width = min(44, size.width - 4)
    let height = min(entries.count + 4, size.height - 2)
    return Rect(
      x: max(0, min(point.x + 1, size.width - width)), y: max(0, min(point.y, size.height - height)),
      width: width, height: height)
  }

  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: title, bottom: painter.hints(Overlay.menu(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    painter.field(
      field, placeholder: placeholder, x: inner.x + 1, y: inner.y, width: inner.width - 2, focused: true)
    let shown = shown
    if shown.isEmpty { painter.write("nothing matches", x: inner.x + 1, y: inner.y + 2, .dim, in: inner) }
    for (offset, entry) in shown.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 2 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      if entry.isOn { painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line) }
      let noteWidth = painter.columns(of: entry.note)
      let place = Rect(x: line.x + 3, y: line.y, width: line.width - 5 - noteWidth, height: 1)
      painter.write(entry.title, x: place.x, y: line.y, .text, in: place, cut: true)
      painter.writeRight(entry.note, maxX: line.maxX - 1, y: line.y, .footerKey, in: line)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }
}

extension MenuOverlay {
  static func menu(_ commands: [Command], at point: Point, _ keymap: Keymap) -> MenuOverlay {
    MenuOverlay(
      purpose: .menu(point),
      entries: commands.map {
        Entry(title: $0.title, note: keymap.label(of: $0) ?? "", value: .command($0))
      })
  }

  /// The current theme is selected at first.
  static func themes(_ names: [String], current: String) -> MenuOverlay {
    var overlay = MenuOverlay(
      purpose: .theme(before: current),
      entries: names.map { Entry(title: $0, isOn: $0 == current, value: .theme($0)) })
    overlay.list.select(names.firstIndex(of: current) ?? 0, count: names.count, height: 16)
    return overlay
  }

  static func sort(_ keys: [String], _ order: RowOrder) -> MenuOverlay {
    let all = [RowOrder.Key.row, .id, .content] + keys.map { .metadata($0) }
    return MenuOverlay(
      purpose: .sort,
      entries: all.map { key in
        let direction = order.isDescending ? "greatest first" : "least first"
        return Entry(
          title: key.name, note: key == order.key ? direction : "", isOn: key == order.key,
          value: .order(key))
      })
  }

  static func columns(_ keys: [String], _ shown: [DocumentColumn]) -> MenuOverlay {
    let known = shown + DocumentColumn.standard.filter { !shown.contains($0) }
    let all = known + keys.map { .metadata($0) }.filter { !known.contains($0) }
    return MenuOverlay(
      purpose: .columns,
      entries: all.map { Entry(title: $0.title, isOn: shown.contains($0), value: .column($0)) })
  }
}

extension AppState {
  /// Shows what the entry gone to would look like.
  mutating func previewMenu() -> [Effect] {
    guard case .menu(let choice) = overlays.last, case .theme = choice.purpose,
      case .theme(let name) = choice.selected?.value,
      let theme = looks.themes.first(where: { $0.name == name })
    else { return [] }
    wear(theme)
    return []
  }

  mutating func leaveMenu(_ choice: MenuOverlay) -> [Effect] {
    overlays.removeLast()
    if case .theme(let before) = choice.purpose, let theme = looks.themes.first(where: { $0.name == before })
    {
      wear(theme)
    }
    return []
  }

  mutating func accept(_ choice: MenuOverlay) -> [Effect] {
    guard let entry = choice.selected else { return [] }
    switch entry.value {
    case .command(let command):
      overlays.removeLast()
      return perform(command, argument: nil)
    case .theme(let name):
      overlays.removeLast()
      say("theme \(name)")
      return previewed(name)
    case .order(let key):
      overlays.removeLast()
      return sort(by: key)
    case .column(let column):
      toggle(column)
      var choice = choice
      choice.entries = choice.entries.map { entry in
        var entry = entry
        if case .column(let column) = entry.value { entry.isOn = documents.columns.contains(column) }
        return entry
      }
      overlays[overlays.count - 1] = .menu(choice)
      return []
    }
  }

  private mutating func previewed(_ name: String) -> [Effect] {
    if let theme = looks.themes.first(where: { $0.name == name }) { wear(theme) }
    return remember()
  }
}
