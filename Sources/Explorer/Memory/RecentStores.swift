import StoreFormats

/// The stores that were opened on the screen, kept between sessions.
public struct RecentStores: Sendable {
  private static let limit = 50
  private let file: StateFile<[String]>

  public init(_ folders: UserFolders) { file = StateFile("recent.json", in: folders.state) }

  /// The paths of those that are still there, the newest first.
  public func paths() -> [String] {
    (file.read() ?? []).filter { (try? StoreLocation(path: $0)) != nil }
  }

  /// Throws `.cannotWrite`.
  public func remember(_ path: String) throws(ExplorerError) {
    let key = path.hasPrefix("sqlite:") ? path : StorePath.key(path)
    let known = file.read() ?? []
    guard known.first != key else { return }
    try file.write(Array(([key] + known.filter { $0 != key }).prefix(Self.limit)))
  }
}
