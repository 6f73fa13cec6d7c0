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
    case .openAI(let model):
      return try server(
        variable("OPENAI_BASE_URL") ?? "https://api.openai.com/v1",
        model ?? .init(name: "text-embedding-3-small"), key: "OPENAI_API_KEY")
    case .ollama(let model):
      var host = variable("OLLAMA_HOST") ?? "http://localhost:11434"
      if !host.contains("://") { host = "http://\(host)" }
      return try server("\(host)/v1", model ?? .init(name: "nomic-embed-text"), key: "OLLAMA_API_KEY")
    case .server(let url, let model):
      // A key of its own: that of OpenAI is for OpenAI's servers alone.
      return try server(url.absoluteString, model, key: "FATHOM_API_KEY")
    case .command(let words): return CommandEmbedder(command: words)
    }
  }

  private func server(_ address: String, _ model: EmbedderName.Model, key: String) throws -> any Embedder {
    guard let url = URL(string: address) else {
      throw ExplorerError(.usage, "the embedding server's address \"\(address)\" cannot be read")
    }
    return try HTTPEmbedder(
      HTTPEmbedderSettings(baseURL: url, model: model.name, dimensions: model.dimensions, keyVariable: key),
      key: variable(key).flatMap { APIKey($0) })
  }

  private func variable(_ name: String) -> String? { environment?[name].flatMap { $0.isEmpty ? nil : $0 } }
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
