import Embeddings

/// Makes embedders from their names, with what the person has: folders, keys in the environment.
struct EmbedderWorkshop: Sendable {
  /// Nil: nothing of the person's is looked at, as in tests.
  let environment: [String: String]?

  var folders: UserFolders? { environment.map(UserFolders.init) }
  var isModelInstalled: Bool { false }

  /// What needs no network and no key, the cheapest first.
  func candidates(dimension: Int) -> [EmbedderName] { [.hashing] }

  func make(_ name: EmbedderName, dimension: Int) throws -> any Embedder {
    switch name {
    case .hashing: HashingEmbedder(dimension: max(1, dimension))
    default: throw ExplorerError(.embedderUnavailable, "\(name) is not there yet")
    }
  }
}

extension EmbedderName {
  /// True for what runs in this process, so that comparing costs nothing but a moment.
  var isLocal: Bool {
    switch self {
    case .hashing, .miniLM: true
    default: false
    }
  }
}
