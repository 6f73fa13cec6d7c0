import Explorer

extension AppState {
  /// `:sort KEY`, or a list of what can be sorted by.
  mutating func sort(_ argument: String?) -> [Effect] {
    guard let text = argument?.trimmed, !text.isEmpty else {
      overlays.append(.choose(.sort(metadataKeys, documents.order)))
      return loadKeysOnce()
    }
    // "page desc" as people know it from SQL; a key with a blank in it stays one.
    let words = text.split(separator: " ")
    let direction = words.count > 1 ? words.last?.lowercased() : nil
    let name = direction == "desc" || direction == "asc" ? words.dropLast().joined(separator: " ") : text
    var order = RowOrder(written: name)
    if direction == "desc" { order.isDescending = true }
    return sort(order)
  }

  /// A column's title: by it, then the other way round, then as the store has them.
  mutating func sort(clicking column: DocumentColumn) -> [Effect] {
    setFocus(.documents)
    if documents.order.key == column.key, documents.order.isDescending { return sort(RowOrder.standard) }
    return sort(by: column.key)
  }

  /// By a key; by the same again, the other way round.
  mutating func sort(by key: RowOrder.Key) -> [Effect] {
    let isAgain = documents.order.key == key
    return sort(RowOrder(key, isDescending: isAgain && !documents.order.isDescending))
  }

  mutating func reverseOrder() -> [Effect] {
    sort(RowOrder(documents.order.key, isDescending: !documents.order.isDescending))
  }

  private mutating func sort(_ order: RowOrder) -> [Effect] {
    if case .metadata(let key) = order.key, filter.completion.keys != nil, !metadataKeys.contains(key),
      !key.contains(".")
    {
      let guess = Suggestion.nearest(to: key, among: metadataKeys + ["row", "id", "content"])
      say("no document has the key \"\(key)\"\(guess.map { "; did you mean \($0)?" } ?? "")", .error)
      return []
    }
    documents.order = order
    documents.list = ListPosition()
    setFocus(.documents)
    let direction = order.isDescending ? "greatest first" : "least first"
    say(
      order == .standard
        ? "documents as the store has them"
        : "sorted by \(order.key.name), \(direction); the store keeps its own order")
    return [rememberList()]
      + documents.load(height: arrangement.listHeight(.documents), filter: activeFilter, anew: true)
  }

  /// `:columns row id page content`, or a list to choose from.
  mutating func chooseColumns(_ argument: String?) -> [Effect] {
    guard let text = argument?.trimmed, !text.isEmpty else {
      overlays.append(.choose(.columns(metadataKeys, documents.columns)))
      return loadKeysOnce()
    }
    var columns: [DocumentColumn] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let column = DocumentColumn(String(word))
      if !columns.contains(column) { columns.append(column) }
    }
    documents.columns = columns == [DocumentColumn("standard")] ? DocumentColumn.standard : columns
    return [rememberList()]
  }

  /// Shows a column before the content, which takes what is left; or hides it.
  ///
  /// One always stays.
  mutating func toggle(_ column: DocumentColumn) {
    if let place = documents.columns.firstIndex(of: column) {
      if documents.columns.count > 1 { documents.columns.remove(at: place) }
    } else if column != .content, let content = documents.columns.firstIndex(of: .content) {
      documents.columns.insert(column, at: content)
    } else {
      documents.columns.append(column)
    }
  }

  /// Keeps how the list is looked at for the next time this store is opened.
  func rememberList() -> Effect {
    let columns = documents.columns == DocumentColumn.standard ? nil : documents.columns.map(\.title)
    return .rememberList(
      columns: columns, order: documents.order == .standard ? nil : documents.order.description)
  }

  /// Takes what earlier sessions kept, unless something else was chosen meanwhile.
  mutating func recalled(_ memory: StoreMemory) -> [Effect] {
    query.history = memory.queries + query.history.filter { !memory.queries.contains($0) }
    if let names = memory.columns, !names.isEmpty, documents.columns == DocumentColumn.standard {
      documents.columns = names.map { DocumentColumn($0) }
    }
    guard let order = memory.order.map({ RowOrder(written: $0) }), documents.order == .standard else {
      return []
    }
    documents.order = order
    if message == nil { say("sorted by \(order.key.name), as the last time; the store keeps its own order") }
    return documents.load(height: arrangement.listHeight(.documents), filter: activeFilter, anew: true)
  }

  /// The metadata keys as far as they are known.
  var metadataKeys: [String] { (filter.completion.keys ?? []).map(\.key) }

  func loadKeysOnce() -> [Effect] {
    filter.completion.keys == nil && !jobs.isRunning(.keys) ? [.loadKeys] : []
  }

  /// Lists that were opened before the keys were known get them now.
  mutating func keysArrived() {
    guard case .choose(var choose) = overlays.last else { return }
    switch choose.purpose {
    case .sort: choose.items = ChooseOverlay.sort(metadataKeys, documents.order).items
    case .columns: choose.items = ChooseOverlay.columns(metadataKeys, documents.columns).items
    case .coloring(let current): choose.items = ChooseOverlay.coloring(metadataKeys, current: current).items
    default: return
    }
    overlays[overlays.count - 1] = .choose(choose)
  }
}
