import Embeddings
import Foundation

/// Makes embedders from their names, with what the person has: folders, keys in the environment.
struct EmbedderWorkshop: Sendable {
  /// Nil: nothing of the person's is looked at, as in tests.
  let environment: [String: String]?

  var folders: UserFolders? { environment.map(UserFolders.init) }
  /// Whether MiniLM's files are in the place where they are looked for.
  var isModelInstalled: Bool { environment.map { ModelInstaller(environment: $0).isInstalled } ?? false }

  /// What needs no network and no key, the cheapest first.
  func candidates(dimension: Int) -> [EmbedderName] {
    dimension == MiniLMEmbedder.dimension && isModelInstalled
      ? [.hashing, .miniLM(folder: nil, isFast: false)] : [.hashing]
  }

  /// Loads or connects an embedder.
  ///
  /// `dimension` is for those that give any.
  func make(_ name: EmbedderName, dimension: Int) throws -> any Embedder {
    switch name {
    case .none: throw ExplorerError(.embedderUnavailable, "no embedder was chosen")
    case .hashing: return HashingEmbedder(dimension: max(1, dimension))
    case .miniLM(let folder, let isFast):
      let place = folder.map { URL(filePath: $0) } ?? ModelFolder.standardURL(environment: environment ?? [:])
      return try MiniLMEmbedder(folder: ModelFolder(place), precision: isFast ? .bfloat16 : .float32)
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
