extension Command {
  /// The commands that show the store in other ways, and those of these windows.
  var viewsDefinition: Definition {
    switch self {
    case .map:
      .init(
        title: "map", help: "Show the documents as points: near vectors lie together.", scope: .global,
        keys: ["A"], aliases: ["map"])
    case .profile:
      .init(
        title: "metadata keys",
        help: "Every metadata key with its types, gaps, values and range; Enter filters by one.",
        scope: .global, keys: ["K"], aliases: ["keys", "profile"])
    case .source:
      .init(
        title: "source", help: "Read this document in its source, put together from all of its chunks.",
        scope: .panes, keys: ["t"], aliases: ["source"])
    case .facetsOfKey:
      .init(
        title: "values", help: "See the values of this key with their counts, and filter by one.",
        scope: .profile, keys: ["enter", "l", "right"])
    case .mapLeft: .init(title: "left", help: "Move left.", scope: .map, keys: ["left", "h"])
    case .mapRight: .init(title: "right", help: "Move right.", scope: .map, keys: ["right", "l"])
    case .mapZoomIn:
      .init(title: "closer", help: "Show less, around here.", scope: .map, keys: ["+", "z"])
    case .mapZoomOut:
      .init(title: "farther", help: "Show more, around here.", scope: .map, keys: ["-", "Z"])
    case .mapWhole: .init(title: "all", help: "Show all points.", scope: .map, keys: ["0"])
    case .mapSelect:
      .init(
        title: "select", help: "Select the points from here to where you go; again drops that.", scope: .map,
        keys: ["v"])
    case .mapMark:
      .init(
        title: "mark", help: "Mark the documents of the selected points, or of all that are shown.",
        scope: .map, keys: ["space"])
    case .mapColor:
      .init(
        title: "colour", help: "Colour the points by clusters, nearness to the query or a metadata key.",
        scope: .map, keys: ["c"])
    case .mapOpen:
      .init(
        title: "open", help: "Go to the document nearest to here.", scope: .map, keys: ["enter"])
    default:
      preconditionFailure("\(rawValue) does not show the store in another way")
    }
  }
}
