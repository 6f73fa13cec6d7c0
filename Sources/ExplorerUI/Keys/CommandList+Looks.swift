extension Command {
  /// The commands that change how things are shown, and nothing else.
  var looksDefinition: Definition {
    switch self {
    case .widenPane:
      .init(title: "widen pane", help: "Give this pane more room.", scope: .global, keys: [">"])
    case .narrowPane:
      .init(title: "narrow pane", help: "Give this pane less room.", scope: .global, keys: ["<"])
    case .evenPanes:
      .init(
        title: "reset panes", help: "Put the dividers between the panes back.", scope: .global, keys: ["="])
    case .sort:
      .init(
        title: "sort",
        help: "List the documents by row, id, content or a metadata key; -page is greatest first.",
        scope: .global, keys: ["o"], aliases: ["sort"], argument: "key, or -key")
    case .reverseOrder:
      .init(
        title: "reverse order", help: "List the documents the other way round.", scope: .global, keys: ["O"],
        aliases: ["reverse"])
    case .columns:
      .init(
        title: "columns", help: "Choose the columns of the documents, such as row id page content.",
        scope: .global, keys: ["C"], aliases: ["columns"], argument: "names, or standard")
    case .info:
      .init(
        title: "about this store",
        help: "Where the store is, how large, of what kind, what is wrong with it.",
        scope: .global, keys: ["I"], aliases: ["info"])
    case .menu:
      .init(
        title: "menu", help: "What can be done here, as a right click shows it.", scope: .global,
        keys: ["."], aliases: ["menu"])
    case .theme:
      .init(
        title: "theme", help: "Choose the colours; each theme is shown as you go through them.",
        scope: .global, keys: ["T"], aliases: ["theme"], argument: "name")
    case .toggleMouse:
      .init(
        title: "mouse on/off", help: "Use the mouse here, or leave it to the terminal to select text with.",
        scope: .global, keys: ["M-m"], aliases: ["mouse"])
    case .tour:
      .init(
        title: "tour", help: "Five hints for the first minute.", scope: .global, keys: [], aliases: ["tour"])
    default:
      preconditionFailure("\(rawValue) does not change how things are shown")
    }
  }
}
