extension Command {
  /// The commands that go from store to store.
  var storesDefinition: Definition {
    switch self {
    case .openStore:
      .init(
        title: "open a store",
        help:
          "Choose from the stores opened before, look through folders, or type a path; it opens in a tab.",
        scope: .global, keys: ["C-o"], aliases: ["open", "e"], argument: "folder")
    case .closeStore:
      .init(
        title: "close the store", help: "Close this tab; asks when there are unsaved changes.",
        scope: .global, keys: ["C-w"], aliases: ["close"])
    case .nextStore:
      .init(
        title: "next store", help: "Go to the next tab.", scope: .global, keys: ["M-."], aliases: ["tabn"])
    case .previousStore:
      .init(
        title: "previous store", help: "Go to the tab before.", scope: .global, keys: ["M-,"],
        aliases: ["tabp"])
    case .selectStore:
      .init(
        title: "go to store", help: "Go to a tab by its number.", scope: .global, keys: [],
        aliases: ["tab"], argument: "number")
    default:
      preconditionFailure("\(rawValue) does not go from store to store")
    }
  }
}
