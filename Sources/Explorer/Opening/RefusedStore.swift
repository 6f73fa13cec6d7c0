import StoreFormats

/// What `info` tells of a store that cannot be opened: why, and what its pickle names.
public struct RefusedStore: Sendable, Hashable {
  public var path: String
  public var reason: String
  public var globals: [PickleSummary.Global]

  /// Nil when there is no pickle at `path`, or it names nothing.
  public init?(_ path: String, refusal: ExplorerError) {
    guard refusal.code == .badData, let found = try? PickleInspection(path: path), !found.globals.isEmpty
    else {
      return nil
    }
    self.path = path
    reason = refusal.message
    globals = found.globals
  }
}
