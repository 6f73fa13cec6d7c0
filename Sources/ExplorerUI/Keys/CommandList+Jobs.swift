extension Command {
  /// The commands about what runs in the background.
  var jobsDefinition: Definition {
    switch self {
    case .export:
      .init(
        title: "export",
        help: "Write the marked documents, else the results, else the list to .jsonl, .csv or .md.",
        scope: .global, keys: ["x"], aliases: ["export"], argument: "file, and --vectors")
    default: localDefinition
    }
  }
}
