import Explorer
import Terminal
import VectorStore

/// A list to choose from, made shorter by typing.
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
  }

  struct Item: Sendable, Equatable {
    enum Meaning: Sendable, Equatable {
      case key(String)
      /// A comparison in the filter language.
      case comparison(String)
      /// So many edits back or on.
      case steps(Int)
      case query(String)
    }

    var text: String
    var meaning: Meaning
    /// How many documents have it.
    var count: Int?
    /// Where this item is what holds now.
    var isCurrent = false
  }

  public let purpose: Purpose
  /// Nil while they are being read.
  var items: [Item]?
  public internal(set) var field = TextField()
  public internal(set) var list = ListPosition()

  init(_ purpose: Purpose, _ items: [Item]? = nil) {
    self.purpose = purpose
    self.items = items
  }

  /// Values of `key` with the comparison that each stands for.
  static func items(of key: String, _ facets: [Facet]) -> [Item] {
    facets.compactMap { facet in
      FilterCompletion.spelled(value: facet.value).map {
        Item(
          text: facet.value.displayText,
          meaning: .comparison("\(FilterCompletion.spelled(key: key)) = \($0)"),
          count: facet.count)
      }
    }
  }

  /// The newest edit first; those taken back above it, so that up is later.
  static func items(_ names: EditNames) -> [Item] {
    let future = names.future.enumerated().reversed().map {
      Item(text: "\($0.element)  (taken back)", meaning: .steps($0.offset + 1))
    }
    let past = names.past.reversed().enumerated().map {
      Item(text: $0.element, meaning: .steps(-$0.offset), isCurrent: $0.offset == 0)
    }
    let start = Item(
      text: "as it was opened", meaning: .steps(-names.past.count), isCurrent: names.past.isEmpty)
    return future + past + [start]
  }

  /// What fits the line typed.
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
    }
  }

  private var placeholder: String {
    switch purpose {
    case .key: "a few letters of a key"
    case .value: "a few letters of a value"
    case .edit: "a few letters of an edit"
    case .query: "a few letters of a query"
    }
  }

  /// What its keys do.
  var footer: [Command] {
    if case .value = purpose { return [.fieldSubmit, .excludeValue, .fieldLeave] }
    return [.fieldSubmit, .fieldLeave]
  }

  func rect(_ arrangement: Arrangement) -> Rect { arrangement.overlay(width: 76, height: 22) }
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: title, bottom: painter.hints(footer, state.keymap))
    let inner = rect.inset(by: 1)
    painter.field(
      field, placeholder: placeholder, x: inner.x + 1, y: inner.y, width: inner.width - 2, focused: true)
    let shown = shown
    if shown.isEmpty {
      painter.write(emptyText, x: inner.x + 1, y: inner.y + 2, .dim, in: inner)
    }
    let most = shown.compactMap(\.count).max() ?? 1
    let countWidth = shown.compactMap(\.count).map { NumberText.grouped($0).count }.max() ?? 0
    let barWidth = countWidth > 0 ? min(20, inner.width / 4) : 0
    for (offset, item) in shown.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 2 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      if item.isCurrent { painter.write(painter.glyphs.marked, x: line.x + 1, y: line.y, .mark, in: line) }
      let left = purpose == .edit ? 3 : 1
      let space = line.width - left - 1 - (countWidth > 0 ? countWidth + barWidth + 4 : 0)
      let place = Rect(x: line.x + left, y: line.y, width: max(1, space), height: 1)
      painter.write(item.text, x: place.x, y: place.y, .text, in: place, cut: true)
      if let count = item.count {
        painter.writeRight(
          NumberText.grouped(count), maxX: line.maxX - barWidth - 3, y: line.y, .row, in: line)
        painter.write(
          painter.glyphs.bar(Double(count) / Double(max(1, most)), columns: barWidth),
          x: line.maxX - barWidth - 1, y: line.y, .scoreBar, in: line)
      }
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }

  private var emptyText: String {
    guard items != nil else { return "reading…" }
    switch purpose {
    case _ where !field.isEmpty: return "nothing matches"
    case .key: return "no document has metadata"
    case .value: return "no document under the filter has it"
    case .edit: return "nothing was edited yet"
    case .query: return "nothing was asked yet"
    }
  }
}
