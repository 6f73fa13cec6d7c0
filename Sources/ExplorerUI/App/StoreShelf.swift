import Explorer
import Foundation

/// Finds stores to choose from: those opened before, those in folders.
struct StoreShelf: Sendable {
  /// Nil where nothing is remembered.
  private let recent: RecentStores?

  init(environment: [String: String]) {
    recent = environment.isEmpty ? nil : RecentStores(UserFolders(environment: environment))
  }

  /// Keeps a store for the next start; that it cannot be kept is no reason to fail.
  func remember(_ path: String) { try? recent?.remember(path) }

  func perform(_ effect: Effect, send: @Sendable (Action) -> Void) async throws {
    switch effect {
    case .listStores(nil):
      let entries = (recent?.paths() ?? []).map {
        FolderListing.Entry(kind: .store, name: ($0 as NSString).lastPathComponent, path: $0)
      }
      let listing = FolderListing(path: FileManager.default.currentDirectoryPath, entries: entries)
      send(.storesListed(listing, asked: nil))
    case .listStores(let folder?):
      let listing = try FolderListing(folder: UserFolders.expanded(folder))
      send(.storesListed(listing, asked: folder))
    case .pickStore(let typed, let use):
      let path = UserFolders.expanded(typed)
      do {
        _ = try StoreGlance(of: path)
        send(.storePicked(path: path, use))
      } catch {
        // A folder without a store is looked into; what is neither is said.
        guard let listing = try? FolderListing(folder: path) else { throw error }
        send(.storesListed(listing, asked: typed))
      }
    case .glance(let paths):
      for path in paths {
        try Task.checkCancellation()
        if let glance = try? StoreGlance(of: path) { send(.glanced(glance)) }
      }
    default: break
    }
  }
}
