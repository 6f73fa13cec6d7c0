import Terminal

extension AppState {
  mutating func handle(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return handle(key)
    case .mouse(let mouse): return overlays.isEmpty ? handle(mouse) : scrollOverlay(mouse)
    case .paste(let text): return type(text)
    case .resize(let size):
      self.size = size
      return []
    case .terminate: return [.quit]
    }
  }

  /// Where keys are looked up now, innermost first.
  var scopes: [Scope] {
    if let overlay = overlays.last { return overlay.scopes }
    return AppState.scopes(of: focus)
  }

  static func scopes(of pane: PaneID) -> [Scope] {
    switch pane {
    case .query: [.query, .field, .movement, .global]
    case .filter: [.field, .movement, .global]
    case .documents, .results: [.list, .panes, .movement, .global]
    case .detail: [.panes, .movement, .global]
    }
  }

  /// True while plain characters are text.
  var isTyping: Bool {
    if let overlay = overlays.last { return overlay.field != nil }
    return focus == .query || focus == .filter
  }

  private mutating func handle(_ key: Key) -> [Effect] {
    if message != nil, !jobs.isRunning(.edit) { message = nil }
    if arrangement.isTooSmall {
      // Nothing can be seen, so nothing is changed; leaving stays possible.
      return key == .control("c") ? perform(.interrupt, argument: nil) : []
    }
    pendingKeys.append(key)
    switch keymap.match(pendingKeys, in: scopes, typing: isTyping) {
    case .command(let command):
      pendingKeys = []
      return perform(command, argument: nil)
    case .prefix:
      return []
    case .none:
      let isChord = pendingKeys.count > 1
      pendingKeys = []
      if !isChord, isTyping, case .character(let character) = key { return type(String(character)) }
      if !isChord, key == .control("c") { return perform(.interrupt, argument: nil) }
      return []
    }
  }

  /// Text goes to the line being typed; anywhere else a paste does nothing, least of all commands.
  private mutating func type(_ text: String) -> [Effect] {
    guard isTyping else { return [] }
    if var field = overlays.last?.field {
      field.insert(text)
      overlays[overlays.count - 1].field = field
      return []
    }
    if focus == .query {
      query.type(text)
      return queryEdited()
    }
    filter.field.insert(text)
    filter.completion.chosen = nil
    return filterEdited()
  }

  private mutating func handle(_ mouse: Mouse) -> [Effect] {
    guard !arrangement.isTooSmall, let pane = arrangement.pane(at: mouse.point) else { return [] }
    switch mouse.action {
    case .wheelUp: return scroll(pane, by: -3)
    case .wheelDown: return scroll(pane, by: 3)
    case .press, .doubleClick:
      // Rows are looked up before the focus moves: it may make the pane taller.
      let row = arrangement.listRow(of: pane, at: mouse.point)
      setFocus(pane)
      guard let row else { return [] }
      switch pane {
      case .documents where documents.list.top + row < documents.count:
        documents.list.select(
          documents.list.top + row, count: documents.count, height: arrangement.listHeight(.documents))
      case .results where results.list.top + row < results.hits.count:
        results.list.select(
          results.list.top + row, count: results.hits.count, height: arrangement.listHeight(.results))
      default: return []
      }
      return mouse.action == .doubleClick ? perform(.open, argument: nil) : []
    case .release: return []
    }
  }

  private mutating func scroll(_ pane: PaneID, by rows: Int) -> [Effect] {
    switch pane {
    case .documents:
      documents.list.scroll(by: rows, count: documents.count, height: arrangement.listHeight(.documents))
    case .results:
      results.list.scroll(by: rows, count: results.hits.count, height: arrangement.listHeight(.results))
    case .detail: scrollDetail(to: detail.top + rows)
    case .query, .filter: break
    }
    return []
  }

  private mutating func scrollOverlay(_ mouse: Mouse) -> [Effect] {
    let command: Command
    switch mouse.action {
    case .wheelUp: command = .up
    case .wheelDown: command = .down
    default: return []
    }
    for _ in 0..<3 { _ = moveOverlay(command) }
    return []
  }

  mutating func setFocus(_ pane: PaneID) {
    focus = pane
    if pane == .documents || pane == .results { activeList = pane }
    documents.list.anchor = pane == .documents ? documents.list.anchor : nil
    results.list.anchor = pane == .results ? results.list.anchor : nil
  }
}
