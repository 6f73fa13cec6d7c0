/// Where a command's keys are live.
///
/// The innermost scope that knows a key wins.
public enum Scope: String, CaseIterable, Sendable, Hashable {
  /// Everywhere, unless an overlay is open.
  case global
  /// Lists and scrolling overlays: arrows, pages, ends.
  case movement
  /// The documents, results and document panes.
  case panes
  /// The documents and results panes.
  case list
  /// Any line of text that is being typed.
  case field
  /// The query line.
  case query
  /// Overlays that are read, not typed into.
  case overlay
  case confirm
  case quitGuard = "quit"
  case recovery
  case changes
  case merge
  /// Changes that can be looked at one by one.
  case comparison
  case tour
  /// The window of jobs.
  case jobs
  case map
  /// The window of metadata keys.
  case profile
  /// What is wrong with the store.
  case health
  /// Documents that say the same.
  case groups
  /// Lists to choose from.
  case choose
  /// The MMR playground.
  case mmr
  /// Tables and plots to read.
  case report
  /// What lies between two stores.
  case difference

  /// What people call it, in help and in messages about keys.
  public var title: String {
    switch self {
    case .global: "everywhere"
    case .movement: "moving"
    case .panes: "documents, results and document"
    case .list: "documents and results"
    case .field: "while typing"
    case .query: "query"
    case .overlay: "in a window"
    case .confirm: "in a question"
    case .quitGuard: "leaving with unsaved changes"
    case .recovery: "edits that were not saved"
    case .changes: "changes"
    case .merge: "merge"
    case .comparison: "changes, also of an earlier session"
    case .tour: "tour"
    case .jobs: "jobs"
    case .map: "map"
    case .profile: "metadata keys"
    case .health: "health"
    case .groups: "duplicates"
    case .choose: "choosing from a list"
    case .mmr: "MMR playground"
    case .report: "evaluation and tuning"
    case .difference: "comparing stores"
    }
  }
}
