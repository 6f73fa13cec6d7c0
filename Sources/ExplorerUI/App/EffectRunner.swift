import Explorer
import Synchronization
import VectorStore

/// Carries out effects on a session: the one place where the screen meets the store.
public final class EffectRunner: Performer {
  /// Opens the store again, for `reload`.
  public typealias Reopen = @Sendable (@escaping @Sendable (Progress) -> Void) async throws -> Session

  private static let block = 512
  private let current: Mutex<Session>
  private let reopen: Reopen

  public init(session: Session, reopen: @escaping Reopen) {
    current = Mutex(session)
    self.reopen = reopen
  }

  private var session: Session { current.withLock { $0 } }

  public func perform(_ effect: Effect, send: @escaping @Sendable (Action) -> Void) async throws {
    switch effect {
    case .wait(let id, let milliseconds):
      try await Task.sleep(for: .milliseconds(milliseconds))
      send(.elapsed(id))
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
      send(.collected(try await collect(range, filter, order, send: send), change))
    case .find(let text, let from, let backwards, let filter, let order):
      let place = try await find(text, from: from, backwards: backwards, filter, order, send: send)
      send(.found(text: text, place: place))
    case .loadKeys: send(.keysLoaded(await session.keys()))
    case .loadValues(let key):
      send(.valuesLoaded(of: key, await session.facets(of: key, limit: FilterCompletion.valueLimit)))
    case .planMerge(let path, let policy):
      send(.mergePlanned(try await session.planMerge(UserFolders.expanded(path), policy: policy)))
    case .planChanges: send(.changesPlanned(try await session.changes()))
    case .build(let path, let files):
      let request = AddRequest(
        files: [UserFolders.expanded(files)], splitter: try AddRequest.standardSplitter())
      let report = try await session.buildBeside(UserFolders.expanded(path), request) {
        send(.progress(.build, $0))
      }
      send(.built(report, path: path))
    case .delete, .edit, .undo, .redo, .merge, .add, .save, .reload, .recover, .discardRecovery,
      .setContent:
      try await edit(effect, send: send)
    case .planRecovery: send(.changesPlanned(try await session.previewUnsavedEdits()))
    case .cancel, .loadThemes, .remember, .hearMouse, .redraw, .suspend, .compose, .quit: break
    }
  }

  private func edit(_ effect: Effect, send: @escaping @Sendable (Action) -> Void) async throws {
    let session = session
    switch effect {
    case .delete(let ids): send(.changed(try await session.delete(ids), .deleted(ids)))
    case .edit(let ids, let change):
      let count = try await session.edit(ids, change)
      send(.changed(await session.summary(), .edited(count)))
    case .setContent(let id, let text):
      let isOther = try await session.setContent(of: id, to: Text(text))
      send(.changed(await session.summary(), .edited(isOther ? 1 : 0)))
    case .undo:
      let name = await session.summary().undoName
      send(.changed(try await session.undo(), .undone(name)))
    case .redo:
      let name = await session.summary().redoName
      send(.changed(try await session.redo(), .redone(name)))
    case .merge(let path, let policy):
      let name = path.split(separator: "/").last.map(String.init) ?? path
      send(.changed(try await session.merge(UserFolders.expanded(path), policy: policy), .merged(name)))
    case .add(let files):
      let request = AddRequest(
        files: [UserFolders.expanded(files)], splitter: try AddRequest.standardSplitter())
      let report = try await session.add(request) { send(.progress(.edit, $0)) }
      send(.changed(await session.summary(), .added(report)))
    case .save(let path, let overwriting):
      do {
        let report = try await session.save(to: path.map(UserFolders.expanded), overwriting: overwriting)
        send(.changed(await session.summary(), .saved(report)))
      } catch let error as ExplorerError where error.code == .changedOnDisk {
        send(.saveRefused)
      }
    case .reload:
      let new = try await reopen { send(.progress(.edit, $0)) }
      session.abandonChanges()
      current.withLock { $0 = new }
      send(.changed(await new.summary(), .reloaded))
    case .recover: send(.changed(try await session.applyUnsavedEdits(), .recovered))
    case .discardRecovery:
      session.discardUnsavedEdits()
      send(.changed(await session.summary(), .recoveryDiscarded))
    default: break
    }
  }

  /// Forgets the edits that are not saved: the person has left without them.
  public func abandonChanges() { session.abandonChanges() }

  private func collect(
    _ range: ClosedRange<Int>?, _ filter: Filter?, _ order: RowOrder, send: @Sendable (Action) -> Void
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
    _ text: String, from start: Int, backwards: Bool, _ filter: Filter?, _ order: RowOrder,
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
