import Foundation

/// Where a person's settings, caches and Fathom's own memory are, after the XDG base directory specification.
public struct UserFolders: Sendable, Hashable {
  /// What people write: themes, keys.
  public let configuration: String
  /// What can be made again: models.
  public let cache: String
  /// What Fathom remembers: the embedder of a store.
  public let state: String

  /// Where what is worked out of stores is kept; nil when the person wants none of it (`FATHOM_CACHE=no`).
  public let stores: String?

  /// Folders named by relative paths count as not set, as the specification asks.
  public init(environment: [String: String]) {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/"
    func folder(_ variable: String, _ standard: String) -> String {
      let base = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/\(standard)"
      return "\(base)/fathom"
    }
    configuration = folder("XDG_CONFIG_HOME", ".config")
    cache = folder("XDG_CACHE_HOME", ".cache")
    state = folder("XDG_STATE_HOME", ".local/state")
    stores = environment["FATHOM_CACHE"] == "no" ? nil : "\(cache)/stores"
  }

  /// A path typed into the screen, with the home folder for "~" as a shell would have it.
  public static func expanded(_ path: String) -> String { (path as NSString).expandingTildeInPath }
}
