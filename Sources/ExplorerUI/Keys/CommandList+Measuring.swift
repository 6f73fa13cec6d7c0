extension Command {
  /// The commands that say why a search answers as it does, and how well.
  var measuringDefinition: Definition {
    switch self {
    case .pin:
      .init(
        title: "pin", help: "Show the rank and score of this document for every query, or no more.",
        scope: .panes, keys: ["p"])
    case .whereabouts:
      .init(
        title: "where is it?",
        help: "Say where the pinned documents, or this one, stand for the query, and which stage drops them.",
        scope: .global, keys: ["P"], aliases: ["why"])
    case .playground:
      .init(
        title: "MMR playground",
        help: "See what MMR chooses and why, with lambda and fetch_k changed by keys.",
        scope: .global, keys: ["r"], aliases: ["playground"])
    case .setEffort:
      .init(
        title: "search effort", help: "How hard an IVF or HNSW index looks, instead of what it is set to.",
        scope: .global, keys: [], aliases: ["effort"], argument: "nprobe N, efSearch N, or none")
    case .evaluate:
      .init(
        title: "evaluate", help: "Ask a file of questions: recall, MRR and nDCG for each setting.",
        scope: .global, keys: ["%"], aliases: ["eval"], argument: "file, then settings with | between")
    case .tune:
      .init(
        title: "tune", help: "Recall against an exact search, and the time, over nprobe or efSearch.",
        scope: .global, keys: ["~"], aliases: ["tune"], argument: "k=N, target=0.95, or nothing")
    case .compareStores:
      .init(
        title: "compare stores", help: "Documents, vectors and answers of this store beside another.",
        scope: .global, keys: ["-"], aliases: ["diff"], argument: "folder, then a file of questions")
    case .lessLambda:
      .init(
        title: "less lambda", help: "Give nearness less weight, and variety more.", scope: .mmr,
        keys: ["left", "-"])
    case .moreLambda:
      .init(
        title: "more lambda", help: "Give nearness more weight, and variety less.", scope: .mmr,
        keys: ["right", "+", "l"])
    case .fewerCandidates:
      .init(title: "fewer", help: "Choose from fewer candidates (fetch_k).", scope: .mmr, keys: ["["])
    case .moreCandidates:
      .init(title: "more", help: "Choose from more candidates (fetch_k).", scope: .mmr, keys: ["]"])
    case .usePlayground:
      .init(title: "use", help: "Search with these settings.", scope: .mmr, keys: ["enter"])
    case .useReport:
      .init(
        title: "use it", help: "Search as hard as it recommends, on this screen.", scope: .report,
        keys: ["enter"])
    case .openDifference:
      .init(
        title: "look", help: "See both documents side by side, or the ranks of both answers.",
        scope: .difference, keys: ["enter", "l", "right", "space"])
    default:
      preconditionFailure("\(rawValue) does not measure")
    }
  }
}
