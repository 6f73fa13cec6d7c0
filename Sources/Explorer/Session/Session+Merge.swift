import Foundation
import StoreFormats
import VectorStore

extension Session {
  /// ``LangChainStore/merge(from:named:)`` with the store at `path`.
  @discardableResult
  public func mergeAsLangChain(_ path: String) async throws -> StoreSummary {
    try await edit {
      let source = try mergeSource(path)
      try await LangChainStore(store)
        .merge(from: LangChainStore(VectorStore(source.opened.version)), named: source.name)
    }
  }

  /// What merging the store at `path` would do.
  ///
  /// Reads that store and changes nothing.
  public func planMerge(
    _ path: String, policy: DuplicatePolicy, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> MergePlan {
    do {
      let source = try mergeSource(path, progress)
      let version = await store.current
      var plan = MergePlan(
        sourceName: source.name, sourceCount: source.opened.version.count,
        dimension: source.opened.version.dimension, metric: source.opened.version.metric,
        indexType: source.opened.index.typeName, problem: source.problem, collidingIDs: [], sameContent: 0,
        resultCount: version.count, policy: policy)
      guard plan.problem == nil else { return plan }
      plan.notes = Self.mergeNotes(version, source.opened.version, named: source.name)
      do throws(VectorStoreError) {
        // Under `skip` a collision is counted, not refused, so the plan can say how many there are.
        let counted = try version.merging(source.opened.version, named: source.name, policy: .skip).1
        plan.collidingIDs = counted.collisions
        plan.sameContent = version.sameContent(as: source.opened.version)
        plan.fates = Self.fates(of: source.opened.version, in: version, nil)
        let result = try version.merging(source.opened.version, named: source.name, policy: policy)
        plan.fates = Self.fates(of: source.opened.version, in: version, result)
        plan.resultCount = result.0.count
      } catch {
        plan.problem = error.message
      }
      return plan
    } catch {
      throw Self.sessionError(error)
    }
  }

  /// What becomes of each document of `source`; without a result those that stand in the way are named.
  private static func fates(
    of source: StoreVersion, in own: StoreVersion, _ result: (version: StoreVersion, outcome: MergeOutcome)?
  ) -> [MergeFate] {
    var next = result.map { $0.version.count - $0.outcome.added } ?? own.count
    let isSkipping = (result?.outcome.skipped ?? 0) > 0
    return (0..<min(source.count, MergePlan.mostFates)).map { row in
      let document = source.document(atRow: row)
      let place = own.places(of: document.id).first
      var fate = MergeFate(
        kind: .added, sourceRow: row, id: document.id, ownRow: place.map { own.row(of: $0) },
        content: String(document.content.string.prefix(200)))
      if let result, !(isSkipping && place != nil) {
        let id = result.version.document(atRow: next).id
        fate.kind = id != document.id ? .renamed : place != nil ? .replaces : .added
        (fate.row, fate.newID) = (next, id)
        next += 1
      } else if place != nil {
        fate.kind = result == nil ? .collides : .skipped
      }
      return fate
    }
  }

  private static func mergeNotes(
    _ own: StoreVersion, _ source: StoreVersion, named name: String
  ) -> [String] {
    guard own.count > 0, source.count > 0, own.dimension == source.dimension,
      let isUnit = try? own.looksNormalized(), let isSourceUnit = try? source.looksNormalized(),
      isUnit != isSourceUnit
    else { return [] }
    return [
      isUnit
        ? "the vectors here have length 1, those of \(name) do not: their scores do not compare"
        : "the vectors of \(name) have length 1, those here do not: their scores do not compare"
    ]
  }

  /// Appends the rows of the store at `path`, which is not touched.
  ///
  /// Can be undone.
  @discardableResult
  public func merge(
    _ path: String, policy: DuplicatePolicy, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> StoreSummary {
    try await edit {
      let source = try mergeSource(path, progress)
      if let problem = source.problem { throw ExplorerError(.usage, problem) }
      try Task.checkCancellation()
      _ = try await store.merge(source.opened.version, named: source.name, policy: policy)
    }
  }

  private func mergeSource(
    _ path: String, _ progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws -> (opened: OpenedStore, name: String, problem: String?) {
    let location = try StoreLocation(path: path)
    let watch = Self.watch(reading: (location.path as NSString).lastPathComponent, progress)
    let opened = try StoreReader(
      location, limits: limits, cacheFolder: workshop.folders?.stores, watch: watch
    ).read()
    let own = place.withLock { $0 }
    let isSelf = opened.fingerprint == own.fingerprint
    let name = location.path.split(separator: "/").last.map(String.init) ?? path
    return (opened, name, isSelf ? "\(name) is this store itself; a store is not merged with itself" : nil)
  }
}
