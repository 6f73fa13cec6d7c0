import StoreFormats
import VectorStore

extension Session {
  /// Deletes every row of these ids.
  ///
  /// All or nothing; can be undone.
  @discardableResult
  public func delete(_ ids: [DocumentID]) async throws -> StoreSummary {
    try await edit { try await store.delete(ids) }
  }

  /// Sets and removes metadata keys of every row of these ids; returns how many documents are others now.
  ///
  /// All or nothing; can be undone.
  public func edit(_ ids: [DocumentID], _ edit: MetadataEdit) async throws -> Int {
    do {
      guard !edit.isEmpty else { throw ExplorerError(.usage, "name a key to set or to remove") }
      guard case .dictionary(let values) = try MetadataValue.dictionary(edit.values).storable() else {
        return 0
      }
      return try await store.edit(ids, MetadataEdit(setting: values, removing: edit.removed))
    } catch {
      throw ExplorerError(error)
    }
  }

  /// Goes back one edit.
  @discardableResult
  public func undo() async throws -> StoreSummary { try await edit { _ = try await store.undo() } }

  /// Makes the edit undone last again.
  @discardableResult
  public func redo() async throws -> StoreSummary { try await edit { _ = try await store.redo() } }

  /// Every edit of this session that undo reaches, oldest first, and every one that redo does, next first.
  public func editNames() async -> EditNames {
    let names = await store.editNames
    return EditNames(past: names.past, future: names.future)
  }

  /// Takes back (`steps` below 0) or makes again (above) that many edits, one after another.
  @discardableResult
  public func travel(_ steps: Int) async throws -> StoreSummary {
    try await edit {
      for _ in 0..<abs(steps) { _ = steps < 0 ? try await store.undo() : try await store.redo() }
    }
  }

  /// ``LangChainStore/delete(_:)`` on this store.
  @discardableResult
  public func deleteAsLangChain(_ ids: [DocumentID]) async throws -> StoreSummary {
    try await edit { try await LangChainStore(store).delete(ids) }
  }

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
  public func planMerge(_ path: String, policy: DuplicatePolicy) async throws -> MergePlan {
    do {
      let source = try mergeSource(path)
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
        plan.sameContent = counted.sameContent
        let (result, _) = try version.merging(source.opened.version, named: source.name, policy: policy)
        plan.resultCount = result.count
      } catch {
        plan.problem = error.message
      }
      return plan
    } catch {
      throw ExplorerError(error)
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
  public func merge(_ path: String, policy: DuplicatePolicy) async throws -> StoreSummary {
    try await edit {
      let source = try mergeSource(path)
      if let problem = source.problem { throw ExplorerError(.usage, problem) }
      _ = try await store.merge(source.opened.version, named: source.name, policy: policy)
    }
  }

  private func mergeSource(_ path: String) throws -> (opened: OpenedStore, name: String, problem: String?) {
    let location = try StoreLocation(path: path)
    let opened = try StoreReader(location).read()
    let own = place.withLock { $0 }
    let isSelf = opened.fingerprint == own.fingerprint
    let name = location.path.split(separator: "/").last.map(String.init) ?? path
    return (opened, name, isSelf ? "\(name) is this store itself; a store is not merged with itself" : nil)
  }

  private func edit(_ change: () async throws -> Void) async throws -> StoreSummary {
    do {
      try await change()
      return await summary()
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }
}
