import Explorer
import Synchronization
import VectorStore

/// Carries out effects on the sessions of the tabs: the one place where the screen meets the stores.
public final class EffectRunner: Performer {
  /// Opens the store at a path, for a tab or for `reload`.
  public typealias Open = @Sendable (String, @escaping @Sendable (Progress) -> Void) async throws -> Session

  private static let block = 512
  /// Values of a key that are worth a list.
  private static let facetLimit = 5000
  private static let mostCopied = 10_000
  private let sessions = Mutex<[TabID: Session]>([:])
  /// Stores whose first documents are shown while they are read, and the paths they are read from.
  private let beginnings = Mutex<[TabID: (session: Session, path: String)]>([:])
  private let openStore: Open
  private let openBeginning: @Sendable (String) -> Session?
  private let clipboard: Clipboard
  private let shelf: StoreShelf

  /// `beginning` is asked first, for the store's first documents alone (``Session/beginning(of:)``).
  public init(
    environment: [String: String] = [:], beginning: @escaping @Sendable (String) -> Session? = { _ in nil },
    open: @escaping Open
  ) {
    openBeginning = beginning
    clipboard = Clipboard(environment: environment)
    shelf = StoreShelf(environment: environment)
    openStore = open
  }

  private func session(of tab: TabID) throws(ExplorerError) -> Session {
    guard let session = sessions.withLock({ $0[tab] }) else {
      throw ExplorerError(.usage, "no store is open here")
    }
    return session
  }

  /// Opens the store at a path for a tab that has none.
  ///
  /// The summary of a large one may be partial: the effect `.arrive` reads the rest of it then.
  /// Throws as ``Session/open(_:for:embedder:environment:progress:)`` does.
  public func open(
    _ path: String, in tab: TabID, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> (summary: StoreSummary, unsaved: UnsavedReport?) {
    if let session = openBeginning(path) {
      var summary = await session.summary()
      summary.isPartial = true
      beginnings.withLock { $0[tab] = (session, path) }
      return (summary, nil)
    }
    return try await openWhole(path, in: tab, progress: progress)
  }

  private func openWhole(
    _ path: String, in tab: TabID, progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> (summary: StoreSummary, unsaved: UnsavedReport?) {
    let session = try await openStore(path, progress)
    try Task.checkCancellation()
    let summary = await session.summary()
    sessions.withLock { $0[tab] = session }
    shelf.remember(summary.path)
    return (summary, session.unsavedEdits)
  }

  /// Reads the rest of a store whose first documents are shown; these are shown no more when it cannot be read.
  private func arrive(in tab: TabID, send: @escaping @Sendable (Action) -> Void) async throws {
    guard let path = beginnings.withLock({ $0[tab]?.path }) else { return }
    defer { beginnings.withLock { $0[tab] = nil } }
    let whole = try await openWhole(path, in: tab) { send(.progress(.arrival, $0)) }
    send(.arrived(whole.summary, whole.unsaved))
  }

  public func close(_ tab: TabID, dropping: Bool) {
    beginnings.withLock { $0[tab] = nil }
    let session = sessions.withLock { $0.removeValue(forKey: tab) }
    if dropping { session?.abandonChanges() }
  }

  public func perform(
    _ effect: Effect, in tab: TabID, send: @escaping @Sendable (Action) -> Void
  ) async throws {
    switch effect {
    case .wait(let id, let milliseconds):
      try await Task.sleep(for: .milliseconds(milliseconds))
      send(.elapsed(id))
    case .open(let path, let new?):
      let path = UserFolders.expanded(path)
      let begun = beginnings.withLock { $0.first { $0.value.session.isStore(at: path) }?.key }
      if let open = begun ?? sessions.withLock({ $0.first { $0.value.isStore(at: path) }?.key }) {
        send(.alreadyOpen(open))
        return
      }
      let opened = try await open(path, in: new) { send(.progress(.open, $0)) }
      send(.opened(new, opened.summary, opened.unsaved))
    case .arrive: try await arrive(in: tab, send: send)
    case .listStores, .pickStore, .glance: try await shelf.perform(effect, send: send)
    case .cancel, .loadThemes, .remember, .hearMouse, .redraw, .suspend, .compose, .quit, .sendToTerminal,
      .open,
      .selectTab, .stepTab, .close, .stay:
      break
    case .keepCopy(let text, let title):
      send(
        .copied(
          title, bytes: text.utf8.count, place: "into \(try clipboard.keep(text)): too long for a terminal"))
    case .copyText(let text, let title): try await copy(text, title, send: send)
    case .delete, .edit, .undo, .redo, .travel, .merge, .add, .save, .reload, .recover, .discardRecovery,
      .setContent, .repair:
      try await edit(effect, in: tab, send: send)
    default:
      let first = effect.needsOnlyFirst ? beginnings.withLock { $0[tab]?.session } : nil
      try await ask(effect, try first ?? session(of: tab), send: send)
    }
  }

  /// Effects that read the store.
  private func ask(
    _ effect: Effect, _ session: Session, send: @escaping @Sendable (Action) -> Void
  ) async throws {
    switch effect {
    case .loadPage(let generation, let offset, let limit, let filter, let order):
      send(
        .pageLoaded(
          generation: generation,
          try await session.page(offset: offset, limit: limit, filter: filter, order: order)))
    case .loadDetail(let id): send(.detailLoaded(try await session.document(id)))
    case .findEmbedder: send(.embedderFound(try await session.embedderChoice().status))
    case .useEmbedder(let name): send(.embedderFound(try await session.useEmbedder(name).status))
    case .search(let generation, let request):
      send(.searched(generation: generation, try await session.search(request)))
    case .collect(let range, let filter, let change, let order):
      send(.collected(try await collect(session, range, filter, order, send: send), change))
    case .find(let text, let from, let backwards, let filter, let order):
      let place = try await find(
        session, text, from: from, backwards: backwards, filter, order, send: send)
      send(.found(text: text, place: place))
    case .loadKeys: send(.keysLoaded(try await session.keys()))
    case .loadValues(let key):
      send(.valuesLoaded(of: key, try await session.facets(of: key, limit: FilterCompletion.valueLimit)))
    case .loadFacets(let key, let filter):
      send(.facetsLoaded(of: key, try await session.facets(of: key, limit: Self.facetLimit, filter: filter)))
    case .loadEditNames: send(.editNamesLoaded(await session.editNames()))
    case .recall: send(.recalled(session.recall()))
    case .rememberQuery(let query): session.remember(query: query)
    case .rememberList(let columns, let order): session.remember(columns: columns, order: order)
    case .findChunk(let id, let step, let filter, let order):
      send(.chunkFound(try await session.chunk(step, from: id, filter: filter, order: order), step: step))
    case .findRow(let row, let filter, let order):
      if let found = try await session.placed(row, filter: filter, order: order) { send(.rowFound(found)) }
    case .loadSource(let id): send(.sourceLoaded(id, try await session.source(of: id)))
    case .loadProfile(let filter):
      send(
        .profileLoaded(try await session.metadataProfile(filter: filter) { send(.progress(.profile, $0)) }))
    case .drawMap(let request):
      send(.mapDrawn(request, try await session.map(request) { send(.progress(.map, $0)) }))
    case .collectRegion(let region, let filter):
      send(.collected(try await session.rows(in: region, filter: filter).map { Marks.Mark($0) }, .add))
    case .planMerge(let path, let policy):
      let plan = try await session.planMerge(UserFolders.expanded(path), policy: policy) {
        send(.progress(.plan, $0))
      }
      send(.mergePlanned(plan))
    case .examine: send(.examined(try await session.examine { send(.progress(.health, $0)) }))
    case .loadRows(let rows, let revision): send(.rowsLoaded(try await session.rows(rows, of: revision)))
    case .markRows(let rows, let revision):
      send(.collected(try await session.rows(rows, of: revision).map { Marks.Mark($0) }, .add))
    case .markRest(let groups, let rule, let kept, let revision):
      let rest = try await session.rest(of: groups, keeping: rule, kept: kept, revision: revision)
      send(.collected(rest.map { Marks.Mark($0) }, .add))
    case .planChanges: send(.changesPlanned(try await session.changes()))
    case .build(let path, let files):
      let request = AddRequest(
        files: [UserFolders.expanded(files)], splitter: try AddRequest.standardSplitter())
      let report = try await session.buildBeside(UserFolders.expanded(path), request) {
        send(.progress(.build, $0))
      }
      send(.built(report, path: path))
    case .export(let request, let path, let isReplacing):
      do {
        let report = try await session.export(
          request, to: UserFolders.expanded(path), replaces: isReplacing
        ) { send(.progress(.export, $0)) }
        send(.exported(report))
      } catch let error as ExplorerError where error.code == .exists {
        send(.exportRefused(request, path: path))
      }
    case .planRecovery: send(.changesPlanned(try await session.previewUnsavedEdits()))
    case .copy(let subject, let ids):
      guard ids.count <= Self.mostCopied else {
        throw ExplorerError(
          .usage,
          "\(ids.count) documents are more than can be copied at once, \(Self.mostCopied); export them")
      }
      var documents: [DocumentDetail] = []
      for id in ids { documents.append(try await session.document(id)) }
      try await copy(CopySubject.text(subject, of: documents), subject.title(ids.count), send: send)
    default: try await Self.measure(effect, session, send: send)
    }
  }

  private func copy(_ text: String, _ title: String, send: @Sendable (Action) -> Void) async throws {
    try Task.checkCancellation()
    switch await clipboard.copy(text) {
    case .taken(let program): send(.copied(title, bytes: text.utf8.count, place: "with \(program)"))
    case .forTerminal: send(.copyPrepared(text, title: title))
    }
  }

  private func edit(
    _ effect: Effect, in tab: TabID, send: @escaping @Sendable (Action) -> Void
  ) async throws {
    let session = try session(of: tab)
    switch effect {
    case .delete(let ids): send(.changed(try await session.delete(ids), .deleted(ids)))
    case .edit(let ids, let change):
      let count = try await session.edit(ids, change)
      send(.changed(await session.summary(), .edited(count)))
    case .setContent(let id, let text):
      let isOther = try await session.setContent(of: id, to: Text(text))
      send(.changed(await session.summary(), .edited(isOther ? 1 : 0)))
    case .repair(let findings, let revision):
      let report = try await session.repair(findings, of: revision) { send(.progress(.edit, $0)) }
      send(.changed(await session.summary(), .repaired(report)))
    case .undo:
      let name = await session.summary().undoName
      send(.changed(try await session.undo(), .undone(name)))
    case .redo:
      let name = await session.summary().redoName
      send(.changed(try await session.redo(), .redone(name)))
    case .travel(let steps): send(.changed(try await session.travel(steps), .travelled(steps)))
    case .merge(let path, let policy):
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let summary = try await session.merge(UserFolders.expanded(path), policy: policy) {
        send(.progress(.edit, $0))
      }
      send(.changed(summary, .merged(name)))
    case .add(let files):
      let request = AddRequest(
        files: [UserFolders.expanded(files)], splitter: try AddRequest.standardSplitter())
      let report = try await session.add(request) { send(.progress(.edit, $0)) }
      send(.changed(await session.summary(), .added(report)))
    case .save(let path, let overwriting):
      do {
        let report = try await session.save(
          to: path.map(UserFolders.expanded), overwriting: overwriting
        ) { send(.progress(.edit, $0)) }
        send(.changed(await session.summary(), .saved(report)))
      } catch let error as ExplorerError where error.code == .changedOnDisk {
        send(.saveRefused)
      }
    case .reload:
      let new = try await openStore(await session.summary().path) { send(.progress(.edit, $0)) }
      try Task.checkCancellation()
      session.abandonChanges()
      sessions.withLock { $0[tab] = new }
      send(.changed(await new.summary(), .reloaded))
    case .recover: send(.changed(try await session.applyUnsavedEdits(), .recovered))
    case .discardRecovery:
      session.discardUnsavedEdits()
      send(.changed(await session.summary(), .recoveryDiscarded))
    default: break
    }
  }

  private func collect(
    _ session: Session, _ range: ClosedRange<Int>?, _ filter: Filter?, _ order: RowOrder,
    send: @Sendable (Action) -> Void
  ) async throws -> [Marks.Mark] {
    var marks: [Marks.Mark] = []
    var offset = range?.lowerBound ?? 0
    var end = range.map { $0.upperBound + 1 } ?? .max
    while offset < end {
      try Task.checkCancellation()
      let limit = min(EffectRunner.block, end - offset)
      let page = try await session.page(offset: offset, limit: limit, filter: filter, order: order)
      marks += page.rows.map { Marks.Mark($0) }
      offset += limit
      end = min(end, page.matched)
      send(.progress(.collect, Progress(completed: offset, total: end, note: "")))
    }
    return marks
  }

  /// Goes through the list once, around its end, block by block.
  private func find(
    _ session: Session, _ text: String, from start: Int, backwards: Bool, _ filter: Filter?,
    _ order: RowOrder,
    send: @Sendable (Action) -> Void
  ) async throws -> Int? {
    let count = try await session.page(offset: 0, limit: 1, filter: filter).matched
    guard count > 0 else { return nil }
    let start = (start % count + count) % count
    let blocks =
      backwards
      ? EffectRunner.blocks(0..<(start + 1)).reversed() + EffectRunner.blocks((start + 1)..<count).reversed()
      : EffectRunner.blocks(start..<count) + EffectRunner.blocks(0..<start)
    var seen = 0
    for block in blocks {
      try Task.checkCancellation()
      let page = try await session.page(
        offset: block.lowerBound, limit: block.count, filter: filter, order: order)
      let found = page.rows.indices.filter { page.rows[$0].document.contains(text) }
      if let place = backwards ? found.last : found.first { return block.lowerBound + place }
      seen += block.count
      send(.progress(.find, Progress(completed: seen, total: count, note: "")))
    }
    return nil
  }

  private static func blocks(_ range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: block).map {
      $0..<min($0 + block, range.upperBound)
    }
  }
}
