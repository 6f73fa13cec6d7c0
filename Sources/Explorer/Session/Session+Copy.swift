import StoreFormats
import VectorStore

extension Session {
  /// Writes the store as it is now to another place, in the format that its name or `format` says; this session
  /// stays where it is.
  ///
  /// Throws `.cannotWrite` when there is a store already, unless `replaces`, which keeps it as a backup.
  public func copy(
    to path: String, format: String? = nil, replaces: Bool = false,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> SaveReport {
    do {
      let location =
        if let format { try StoreWriter.destination(for: path, format: format) } else {
          StoreWriter.destination(for: path)
        }
      guard location != place.withLock({ $0.location }) else {
        throw ExplorerError(.usage, "\(path) is this store itself")
      }
      let lock = try await FolderLock.acquire(location)
      if !replaces, location.exists {
        throw ExplorerError(
          .cannotWrite, "\(location.path) exists; --replace takes its place and keeps it as a backup")
      }
      let version = await store.current
      let report = try withExtendedLifetime(lock) {
        try StoreWriter(location, leftovers: leftovers, watch: Self.watch(progress)).write(version)
      }
      return SaveReport(
        path: location.path, documents: version.count, bytes: report.bytes, backup: report.backups.first)
    } catch {
      throw Self.sessionError(error)
    }
  }
}
