import Explorer
import Terminal
import VectorStore

extension ChooseOverlay {
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

  static func menu(_ commands: [Command], at point: Point, _ keymap: Keymap) -> ChooseOverlay {
    ChooseOverlay(
      .menu(point),
      commands.map { Item(text: $0.title, note: keymap.label(of: $0) ?? "", meaning: .command($0)) })
  }

  /// The current theme is selected at first.
  static func themes(_ names: [String], current: String) -> ChooseOverlay {
    var overlay = ChooseOverlay(
      .theme(before: current),
      names.map { Item(text: $0, meaning: .theme($0), isCurrent: $0 == current) })
    overlay.list.select(names.firstIndex(of: current) ?? 0, count: names.count, height: 16)
    return overlay
  }

  static func sort(_ keys: [String], _ order: RowOrder) -> ChooseOverlay {
    let all = [RowOrder.Key.row, .id, .content] + keys.map { .metadata($0) }
    let direction = order.isDescending ? "greatest first" : "least first"
    return ChooseOverlay(
      .sort,
      all.map { key in
        Item(
          text: key.name, note: key == order.key ? direction : "", meaning: .order(key),
          isCurrent: key == order.key)
      })
  }

  static func coloring(_ keys: [String], current: MapColoring) -> ChooseOverlay {
    let all = [MapColoring.plain, .clusters, .score] + keys.map { .key($0) }
    return ChooseOverlay(
      .coloring(current: current),
      all.map { Item(text: $0.title, meaning: .coloring($0), isCurrent: $0 == current) })
  }

  static func columns(_ keys: [String], _ shown: [DocumentColumn]) -> ChooseOverlay {
    let known = shown + DocumentColumn.standard.filter { !shown.contains($0) }
    let all = known + keys.map { .metadata($0) }.filter { !known.contains($0) }
    return ChooseOverlay(
      .columns,
      all.map { Item(text: $0.title, meaning: .column($0), isCurrent: shown.contains($0)) })
  }
}
