extension Command {
  /// The verb of the command line that does the same; nil for what only a screen needs.
  public var verb: String? {
    switch self {
    case .info: "info"
    case .focusDocuments: "list"
    case .open: "show"
    case .focusQuery: "search"
    case .build: "build"
    case .add: "add"
    case .setMetadata: "edit"
    case .delete: "delete"
    case .merge: "merge"
    case .saveAs: "copy"
    case .export: "export"
    case .profile: "profile"
    case .source: "source"
    case .recoverApply: "recover"
    case .whereabouts: "why"
    case .evaluate: "eval"
    case .tune: "tune"
    case .compareStores: "diff"
    case .health: "doctor"
    default: nil
    }
  }

  /// Verbs that have no place on a screen, with the reason.
  public static let verbsWithoutCommand = [
    "explore": "it is the screen",
    "embed": "it gives numbers to scripts",
    "inspect": "it takes apart what the screen does not open",
    "model": "it installs what has to be there before the screen",
  ]
}
