import Explorer
import VectorStore

extension AppState {
  /// Opens a list to choose from.
  mutating func choose(_ command: Command, argument: String?) -> [Effect] {
    switch command {
    case .facets:
      guard let key = argument else {
        overlays.append(.choose(ChooseOverlay(.key)))
        return [.loadKeys]
      }
      return openValues(of: key)
    case .editNames:
      overlays.append(.choose(ChooseOverlay(.edit)))
      return [.loadEditNames]
    case .queryHistory:
      let items = query.history.reversed().map { ChooseOverlay.Item(text: $0, meaning: .query($0)) }
      overlays.append(.choose(ChooseOverlay(.query, items)))
      return []
    default: return []
    }
  }

  mutating func openValues(of key: String) -> [Effect] {
    overlays.append(.choose(ChooseOverlay(.value(of: key))))
    return [.loadFacets(of: key, filter: activeFilter)]
  }

  /// Gives the open list its items, if it waits for these, and takes one where Enter was quicker.
  mutating func fill(_ purpose: ChooseOverlay.Purpose, _ items: [ChooseOverlay.Item]) -> [Effect] {
    guard case .choose(var choose) = overlays.last, choose.purpose == purpose, choose.items == nil else {
      return []
    }
    choose.items = items
    let height = choose.height(arrangement)
    if let current = items.firstIndex(where: \.isCurrent) {
      choose.list.select(current, count: items.count, height: height)
    }
    let awaited = choose.awaited
    choose.awaited = nil
    overlays[overlays.count - 1] = .choose(choose)
    // Who went on typing has not yet said what to take.
    guard let awaited, awaited.text == choose.field.text, choose.selected != nil else { return [] }
    return take(choose, excluding: awaited.excluding)
  }

  /// Takes what is selected; with `excluding`, its opposite.
  mutating func take(_ choose: ChooseOverlay, excluding: Bool = false) -> [Effect] {
    if case .stores(let folder, let use) = choose.purpose { return takeStore(choose, in: folder, for: use) }
    guard let meaning = choose.selected?.meaning else {
      guard choose.items == nil else { return leave(choose) }
      var choose = choose
      choose.awaited = ChooseOverlay.Awaited(text: choose.field.text, excluding: excluding)
      overlays[overlays.count - 1] = .choose(choose)
      return []
    }
    if case .column(let column) = meaning {
      toggle(column)
      var choose = choose
      choose.items = choose.items?.map { item in
        var item = item
        if case .column(let column) = item.meaning { item.isCurrent = documents.columns.contains(column) }
        return item
      }
      overlays[overlays.count - 1] = .choose(choose)
      return [rememberList()]
    }
    overlays.removeLast()
    switch meaning {
    case .key(let key): return openValues(of: key)
    case .coloring(let coloring):
      color(by: coloring)
      return []
    case .comparison(let text): return narrow(by: excluding ? "not (\(text))" : text)
    case .steps(let steps): return steps == 0 ? [] : [.travel(steps)]
    case .query(let text):
      query.set(text)
      setFocus(.query)
      return [.cancel(.searchDelay)] + search()
    case .command(let command): return perform(command, argument: nil)
    case .theme(let name):
      wear(named: name)
      say("theme \(name)")
      return remember()
    case .order(let key): return sort(by: key)
    case .column, .store, .folder: return []
    }
  }

  /// Closes a list of which nothing was taken.
  mutating func leave(_ choose: ChooseOverlay) -> [Effect] {
    overlays.removeLast()
    if case .theme(let before) = choose.purpose { wear(named: before) }
    return []
  }

  /// Shows what the item gone to would look like.
  mutating func preview() {
    if case .choose(let choose) = overlays.last, case .theme(let name)? = choose.selected?.meaning {
      wear(named: name)
    }
  }

  /// Adds a condition to the filter.
  private mutating func narrow(by condition: String) -> [Effect] {
    let before = filter.field.text.trimmed
    let isLoose = before.lowercased().contains(" or ")
    filter.field = TextField(
      before.isEmpty ? condition : (isLoose ? "(\(before))" : before) + " and \(condition)")
    _ = filter.parse()
    if filter.problem != nil {
      // The line before was no filter: what was chosen takes its place.
      filter.field = TextField(condition)
      _ = filter.parse()
    }
    return [.cancel(.filterDelay)] + applyFilter()
  }

  /// Goes to the chunk that a source goes on with, where the list shows it.
  mutating func showChunk(_ found: PlacedRow?, step: Int) {
    guard let found else {
      say(step > 0 ? "this is the last chunk of its source" : "this is the first chunk of its source")
      return
    }
    show(found)
  }

  /// Goes to a row, where the list shows it.
  mutating func show(_ found: PlacedRow) {
    guard let place = found.place else {
      say("this is row \(found.row.row), and the filter hides it", .warning)
      return
    }
    activeList = .documents
    if focus == .results { focus = .documents }
    documents.list.select(place, count: documents.count, height: arrangement.listHeight(.documents))
  }
}
