import Terminal

/// What the first line says of the open stores; empty where there is only one.
public struct TabBar: Sendable, Equatable {
  struct Tab: Sendable, Equatable {
    var name: String
    var isModified: Bool
    /// Whether an edit, a save or a build runs in it.
    var isBusy: Bool
  }

  var tabs: [Tab] = []
  /// The one on the screen.
  var place = 0

  init() {}

  init(_ states: [AppState], place: Int) {
    let names = Dictionary(states.map { ($0.summary.name, 1) }, uniquingKeysWith: +)
    tabs = states.map { state in
      let summary = state.summary
      let folders = summary.path.split(separator: "/").suffix(2).joined(separator: "/")
      return Tab(
        name: names[summary.name] == 1 ? summary.name : folders, isModified: summary.isModified,
        isBusy: state.jobs.isRunning(.edit) || state.jobs.isRunning(.build))
    }
    self.place = place
  }

  /// The tabs from the first that is shown on, with their texts, so that the one on the screen fits into `width`.
  func shown(width: Int, busy: String) -> [(place: Int, text: String)] {
    let texts = tabs.enumerated().map { offset, tab in
      "\(offset + 1) \(tab.name)\(tab.isModified ? " [+]" : "")\(tab.isBusy ? " \(busy)" : "")"
    }
    let columns = { (text: String) in TextWidth.columns(of: Printable.line(text)) }
    var first = place
    var used = columns(texts[place])
    while first > 0, used + 2 + columns(texts[first - 1]) <= width {
      first -= 1
      used += 2 + columns(texts[first])
    }
    return texts.enumerated().dropFirst(first).map { ($0.offset, $0.element) }
  }
}
