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

  func edit(_ change: () async throws -> Void) async throws -> StoreSummary {
    do {
      try await change()
      return await summary()
    } catch {
      throw Self.sessionError(error)
    }
  }
}
