extension Command {
  /// The commands about what is wrong with a store, and about documents that say the same.
  var healthDefinition: Definition {
    switch self {
    case .health:
      .init(
        title: "health",
        help: "Find what is wrong with this store: duplicates, scraps, bad vectors and more.",
        scope: .global, keys: ["D"], aliases: ["doctor", "health"])
    case .openFinding:
      .init(
        title: "look", help: "See the documents of this finding; duplicates side by side.", scope: .health,
        keys: ["enter", "l", "right"])
    case .markFinding:
      .init(
        title: "mark", help: "Mark the documents that its fix is about: of duplicates all but the first.",
        scope: .health, keys: ["space"])
    case .fixFinding:
      .init(
        title: "fix", help: "Do what fixes it, after a question; u takes it back.", scope: .health,
        keys: ["x"])
    case .examineAgain:
      .init(title: "again", help: "Examine the store as it is now.", scope: .health, keys: ["r"])
    case .nextGroup:
      .init(title: "next group", help: "Go to the next group.", scope: .groups, keys: ["n", "right", "l"])
    case .previousGroup:
      .init(title: "group before", help: "Go to the group before.", scope: .groups, keys: ["p", "left"])
    case .nextOther:
      .init(
        title: "next copy", help: "Compare with the next document of the group.", scope: .groups,
        keys: ["tab"])
    case .keepShown:
      .init(
        title: "keep this", help: "Keep the document on the right instead.", scope: .groups, keys: ["space"])
    case .keepRule:
      .init(
        title: "keep", help: "Keep the first of each group, the newest, or the longest.", scope: .groups,
        keys: ["o"])
    case .markRest:
      .init(
        title: "mark rest", help: "Mark all others of this group, and go to the next.", scope: .groups,
        keys: ["m", "enter"])
    default:
      .init(
        title: "mark all", help: "Mark all others of every group.", scope: .groups, keys: ["M"])
    }
  }
}
