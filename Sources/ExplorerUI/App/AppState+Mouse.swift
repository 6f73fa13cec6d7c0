import Terminal

extension AppState {
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    guard !arrangement.isTooSmall else { return [] }
    switch mouse.action {
    case .drag: return drag(to: mouse.point)
    case .release: return drop(at: mouse.point)
    case .wheelUp, .wheelDown: return wheel(mouse)
    case .press, .doubleClick, .menu:
      if message != nil, !jobs.isRunning(.edit), hotspot(at: mouse.point)?.target != .command(.showMessage) {
        message = nil
      }
      // What the keys typed so far may go on with can be pressed too.
      defer { pendingKeys = [] }
      dragged = nil
      return overlays.isEmpty ? pressPane(mouse) : pressOverlay(mouse)
    }
  }

  // MARK: Windows

  private mutating func pressOverlay(_ mouse: Mouse) -> [Effect] {
    guard let overlay = overlays.last else { return [] }
    guard let spot = hotspot(at: mouse.point) else { return perform(overlay.closing, argument: nil) }
    guard mouse.action != .menu else { return [] }
    switch spot.target {
    case .command(let command): return perform(command, argument: nil)
    case .line(let first): moveCursor(to: mouse.point, in: spot.rect, first: first)
    case .entry(let entry): return pressEntry(entry, of: overlay)
    case .canvas: if case .map(let map) = overlay { return press(mouse, on: map) }
    case .column, .window, .tab: break
    }
    return []
  }

  /// Entries of the lists of commands are carried out; others are chosen.
  private mutating func pressEntry(_ entry: Int, of overlay: Overlay) -> [Effect] {
    let last = overlays.count - 1
    switch overlay {
    case .palette(var palette):
      let height = palette.height(arrangement)
      palette.list.select(entry, count: palette.commands.count, height: height)
      overlays[last] = .palette(palette)
      return perform(.fieldSubmit, argument: nil)
    case .choose(var choose):
      choose.list.select(entry, count: choose.shown.count, height: choose.height(arrangement))
      overlays[last] = .choose(choose)
      return perform(.fieldSubmit, argument: nil)
    case .jobs(var overlay):
      overlay.select(entry, in: jobs.listed, height: overlay.height(arrangement))
      overlays[last] = .jobs(overlay)
    case .health(var overlay):
      overlay.list.select(
        entry, count: health?.report.findings.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .health(overlay)
    case .finding(var overlay):
      overlay.list.select(entry, count: overlay.rows?.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .finding(overlay)
    case .help(let help):
      let lines = help.lines(keymap)
      guard lines.indices.contains(entry), let command = lines[entry].command, !command.isLocal else {
        return []
      }
      overlays.removeLast()
      return perform(command, argument: nil)
    case .profile(var overlay):
      overlay.list.select(
        entry, count: overlay.profile?.keys.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .profile(overlay)
    case .prompt(var prompt):
      prompt.take(entry, argumentChoices)
      overlays[last] = .prompt(prompt)
    case .mmr(var mmr):
      let count = mmr.explanation?.candidates.count ?? 0
      mmr.list.select(entry, count: count, height: mmr.height(arrangement))
      overlays[last] = .mmr(mmr)
    case .difference(var difference):
      difference.list.select(entry, count: difference.lineCount, height: difference.height(arrangement))
      overlays[last] = .difference(difference)
    default: break
    }
    return []
  }

  // MARK: Panes

  private mutating func pressPane(_ mouse: Mouse) -> [Effect] {
    if mouse.action != .menu, let spot = hotspot(at: mouse.point) {
      switch spot.target {
      case .command(let command): return perform(command, argument: nil)
      case .tab(let place): return [.selectTab(place)]
      case .column(let column): return sort(clicking: column)
      case .line(let first):
        guard let pane = arrangement.pane(at: mouse.point) else { return [] }
        setFocus(pane)
        moveCursor(to: mouse.point, in: spot.rect, first: first)
        return []
      case .entry(let entry):
        filter.completion.chosen = entry
        return filter.complete() ? filterEdited() : []
      case .window, .canvas: return []
      }
    }
    if mouse.action == .press, let divider = arrangement.divider(at: mouse.point) {
      dragged = Drag(divider: divider)
      return []
    }
    guard let pane = arrangement.pane(at: mouse.point) else { return [] }
    // Rows are looked up before the focus moves: it may make the pane taller.
    let row = arrangement.listRow(of: pane, at: mouse.point)
    let isOnRow = select(row, of: pane)
    switch mouse.action {
    case .menu: openMenu(at: mouse.point)
    case .doubleClick where isOnRow: return perform(.open, argument: nil)
    default: break
    }
    return []
  }

  /// Focuses a pane and selects one of its rows; false when there is no such row.
  private mutating func select(_ row: Int?, of pane: PaneID) -> Bool {
    let row = row.map { $0 + (pane == .documents ? documents.list.top : results.list.top) }
    setFocus(pane)
    let height = arrangement.listHeight(pane)
    switch (pane, row) {
    case (.documents, let row?) where row < documents.count:
      documents.list.select(row, count: documents.count, height: height)
    case (.results, let row?) where row < results.hits.count:
      results.list.select(row, count: results.hits.count, height: height)
    default: return false
    }
    return true
  }

  private mutating func moveCursor(to point: Point, in rect: Rect, first: Int) {
    func moved(_ field: TextField) -> TextField {
      var field = field
      var column = rect.x
      var place = first
      for character in field.text.dropFirst(first) {
        column += TextWidth.columns(of: Printable.line(String(character)))
        if column > point.x { break }
        place += 1
      }
      field.moveCursor(to: place)
      return field
    }
    if let last = overlays.indices.last {
      if let field = overlays[last].field { overlays[last].setCursor(moved(field)) }
    } else if focus == .query {
      query.field = moved(query.field)
    } else if focus == .filter {
      filter.field = moved(filter.field)
      filter.completion.chosen = nil
    }
  }

  private mutating func drag(to point: Point) -> [Effect] {
    if case .map(let map) = overlays.last { drag(to: point, on: map) }
    guard let dragged, overlays.isEmpty else { return [] }
    self.dragged?.hasMoved = true
    looks.shares = arrangement.moving(dragged.divider, to: point, looks.shares)
    return []
  }

  /// Keeps where a divider was dragged to; one that was only clicked is part of its pane.
  private mutating func drop(at point: Point) -> [Effect] {
    guard let drag = dragged else { return [] }
    dragged = nil
    if drag.hasMoved { return remember() }
    if let pane = arrangement.pane(at: point) { setFocus(pane) }
    return []
  }

  // MARK: The wheel

  private mutating func wheel(_ mouse: Mouse) -> [Effect] {
    let isUp = mouse.action == .wheelUp
    if case .map(let map) = overlays.last {
      wheel(mouse, on: map)
      return []
    }
    guard overlays.isEmpty else {
      var effects: [Effect] = []
      for _ in 0..<3 { effects += moveOverlay(isUp ? .up : .down) }
      return effects
    }
    guard let pane = arrangement.pane(at: mouse.point) else { return [] }
    let rows = isUp ? -3 : 3
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

  // MARK: The menu

  /// What can be done in the focused pane now, at a place of the screen.
  mutating func openMenu(at point: Point) {
    let local = Command.allCases.filter { AppState.scopes(of: focus).dropLast(2).contains($0.scope) }
    var commands: [Command] = []
    for command in local + focus.footer + [.sort, .columns, .zoom, .palette]
    where !command.isLocal && command != .menu && command.disabledReason(in: self) == nil {
      if !commands.contains(command) { commands.append(command) }
    }
    overlays.append(.choose(.menu(commands, at: point, keymap)))
  }

  /// The same by key: beside the selected row, or in the pane's corner.
  mutating func openMenu() {
    let inner = arrangement[focus].inset(by: 1)
    let list = focus == .results ? results.list : documents.list
    let row = focus == .documents || focus == .results ? list.selected - list.top + 2 : 1
    openMenu(at: Point(x: inner.x + 4, y: min(inner.maxY - 1, inner.y + row)))
  }
}
