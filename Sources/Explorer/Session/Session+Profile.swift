import Diagnosis
import VectorStore

/// What the metadata of a store's documents holds, key by key.
public struct MetadataProfile: Sendable, Equatable {
  /// Documents that were looked at.
  public var documents: Int
  /// Those that most documents have first, then by name.
  public var keys: [KeyProfile]

  public init(documents: Int, keys: [KeyProfile]) {
    self.documents = documents
    self.keys = keys
  }
}

extension Session {
  /// Types, missing share, distinct values, range and shape of every metadata key; of the rows that a filter lets
  /// through.
  ///
  /// The first call makes the column of every key, O(rows * keys); later ones count values. Throws
  /// `CancellationError`.
  public func metadataProfile(
    filter: Filter? = nil, progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> MetadataProfile {
    do {
      let snapshot = await store.snapshot
      let version = snapshot.version
      var rows: RowMask?
      if let filter { rows = try await mask(filter, snapshot) }
      let names = try await version.keyCounts().sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      var keys: [KeyProfile] = []
      for name in names {
        progress(Progress(completed: keys.count, total: names.count, note: "reading \(name)"))
        let path = FieldPath(.string(Text(name)))
        try await version.prepare(path)
        let profile = KeyProfile(name, try version.valueCounts(of: path, in: rows))
        if profile.present > 0 { keys.append(profile) }
      }
      keys.sort { ($1.present, $0.name) < ($0.present, $1.name) }
      return MetadataProfile(documents: rows?.count ?? version.count, keys: keys)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }
}
