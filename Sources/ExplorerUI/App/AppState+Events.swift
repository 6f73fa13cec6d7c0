import Terminal

extension AppState {
  mutating func handle(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return handle(key)
    case .mouse(let mouse): return handle(mouse)
    case .paste(let text): return paste(text)
    case .focus:
      // Keys and buttons let go elsewhere are not heard of here.
      pendingKeys = []
      dragged = nil
      return []
    case .resize(let size):
      self.size = size
      dragged = nil
      return []
    case .terminate: return [.quit(.atOnce)]
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
    if !heldKeys.isEmpty {
      if key == .escape || key == .control("c") { heldKeys = [] } else { heldKeys.append(key) }
      return []
    }
    pendingKeys.append(key)
    switch keymap.match(pendingKeys, in: scopes, typing: isTyping) {
    case .command(let command):
      if awaitsRow, command.disabledReason(in: self) != nil { heldKeys = pendingKeys }
      pendingKeys = []
      return heldKeys.isEmpty ? perform(command, argument: nil) : []
    case .prefix:
      return []
    case .none:
      let typed = pendingKeys
      let isChord = typed.count > 1
      pendingKeys = []
      if isChord, key != .escape {
        say("\(Keymap.spelled(typed)) does nothing", .warning)
      }
      if !isChord, isTyping, case .character(let character) = key { return type(String(character)) }
      if !isChord, key == .control("c") { return perform(.interrupt, argument: nil) }
      return []
    }
  }

  /// The keys that were held, once they can mean something.
  mutating func releaseKeys() -> [Key] {
    guard !heldKeys.isEmpty, !awaitsRow else { return [] }
    defer { heldKeys = [] }
    return heldKeys
  }

  /// Text goes to the line being typed; anywhere else a paste does nothing, least of all commands.
  private mutating func paste(_ text: String) -> [Effect] {
    guard isTyping, !arrangement.isTooSmall else {
      say(
        "nothing takes text here; \(key(.focusQuery)) types a query, \(key(.focusFilter)) a filter", .warning)
      return []
    }
    pendingKeys = []
    let pasted = PastedText(text)
    if pasted.isCut {
      say("only the first \(NumberText.grouped(PastedText.limit)) characters were taken", .warning)
    }
    return type(pasted.text)
  }

  private mutating func type(_ text: String) -> [Effect] {
    guard isTyping else { return [] }
    if var field = overlays.last?.field {
      field.insert(text)
      overlays[overlays.count - 1].field = field
      preview()
      return text.hasSuffix("/") ? followPath() : []
    }
    if focus == .query {
      query.type(text)
      return queryEdited()
    }
    filter.field.insert(text)
    filter.completion.chosen = nil
    return filterEdited()
  }

  mutating func setFocus(_ pane: PaneID) {
    focus = pane
    if pane == .documents || pane == .results { activeList = pane }
    documents.list.anchor = pane == .documents ? documents.list.anchor : nil
    results.list.anchor = pane == .results ? results.list.anchor : nil
  }
}
