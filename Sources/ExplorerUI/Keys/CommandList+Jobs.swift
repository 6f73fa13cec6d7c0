extension Command {
  /// The commands about what runs in the background.
  var jobsDefinition: Definition {
    switch self {
    case .export:
      .init(
        title: "export",
        help: "Write the marked documents, else the results, else the list to .jsonl, .csv or .md.",
        scope: .global, keys: ["x"], aliases: ["export"], argument: "file, and --vectors")
    case .jobs:
      .init(
        title: "jobs",
        help: "What runs, how far it is and how long it will take; what has run, and how it ended.",
        scope: .global, keys: ["J"], aliases: ["jobs"])
    case .cancelJob:
      .init(
        title: "cancel", help: "Stop the selected job; what it has not changed yet stays as it is.",
        scope: .jobs, keys: ["x", "C-c"])
    default: localDefinition
    }
  }
}
