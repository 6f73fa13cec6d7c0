import Foundation

/// An embedder as people name it: `--embedder`, the `:embedder` prompt and Fathom's memory use the same words.
///
/// - `hashing`
/// - `minilm`, `minilm-fast` (half precision), each with `:FOLDER` for a model of one's own
/// - `openai`, `ollama`, each with `:MODEL`
/// - `http://host:port/v1#MODEL`, any server with the OpenAI embeddings interface
/// - `command:PROGRAM ARGUMENT…`
/// - `none`
///
/// `MODEL@256` asks the server for vectors of 256 dimensions. No name ever holds a key.
public enum EmbedderName: Sendable, Hashable, CustomStringConvertible {
  case none
  case hashing
  case miniLM(folder: String? = nil, isFast: Bool = false)
  case openAI(Model?)
  case ollama(Model?)
  case server(URL, Model)
  case command([String])

  /// A model of a server, and the dimension to ask for where it can give several.
  public struct Model: Sendable, Hashable {
    public var name: String
    public var dimensions: Int?

    public init(name: String, dimensions: Int? = nil) {
      self.name = name
      self.dimensions = dimensions
    }
  }

  /// What the words are, for help and errors.
  public static let forms =
    "hashing, minilm, minilm-fast, openai:MODEL, ollama:MODEL, http://HOST/v1#MODEL, command:PROGRAM, none"

  /// Throws `.usage` that says what can be written.
  public init(parsing text: String) throws(ExplorerError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count == 2 ? String(parts[1]) : nil
    switch String(parts[0]) {
    case "none" where rest == nil: self = .none
    case "hashing" where rest == nil: self = .hashing
    case "minilm": self = .miniLM(folder: rest, isFast: false)
    case "minilm-fast": self = .miniLM(folder: rest, isFast: true)
    case "openai": self = .openAI(try Self.optionalModel(rest, in: text))
    case "ollama": self = .ollama(try Self.optionalModel(rest, in: text))
    case "http", "https": self = try Self.server(text)
    case "command":
      let line = CommandWords(rest ?? "")
      if let quote = line.openQuote { throw Self.unreadable(text, "the quote \(quote) is not closed") }
      let words = line.words
      guard !words.isEmpty else { throw Self.unreadable(text, "a program is expected after \"command:\"") }
      self = .command(words)
    default: throw Self.unreadable(text, "expected one of \(Self.forms)")
    }
  }

  public var description: String {
    switch self {
    case .none: return "none"
    case .hashing: return "hashing"
    case .miniLM(let folder, let isFast):
      return (isFast ? "minilm-fast" : "minilm") + (folder.map { ":\($0)" } ?? "")
    case .openAI(let model): return "openai" + (model.map { ":\($0)" } ?? "")
    case .ollama(let model): return "ollama" + (model.map { ":\($0)" } ?? "")
    case .server(let url, let model): return "\(url.absoluteString)#\(model)"
    case .command(let words): return "command:" + words.map(Self.quoted).joined(separator: " ")
    }
  }

  private static func model(_ name: String, in text: String) throws(ExplorerError) -> Model {
    var model = Model(name: name)
    if let at = name.lastIndex(of: "@"), let dimensions = Int(name[name.index(after: at)...]), dimensions > 0
    {
      model = Model(name: String(name[..<at]), dimensions: dimensions)
    }
    guard !model.name.isEmpty else { throw unreadable(text, "a model's name is expected") }
    return model
  }

  private static func optionalModel(_ name: String?, in text: String) throws(ExplorerError) -> Model? {
    guard let name else { return nil }
    return try model(name, in: text)
  }

  private static func server(_ text: String) throws(ExplorerError) -> EmbedderName {
    let parts = text.split(separator: "#", maxSplits: 1)
    let address = parts.first.flatMap { URL(string: String($0)) }
    // First, so that no other message repeats it.
    guard address?.user() == nil, address?.password() == nil else {
      throw ExplorerError(
        .usage, "the embedder's address holds a name or password; put the key into FATHOM_API_KEY instead")
    }
    guard parts.count == 2, let url = address, url.host() != nil else {
      throw unreadable(text, "expected a server and its model, such as http://localhost:8080/v1#MODEL")
    }
    return .server(url, try model(String(parts[1]), in: text))
  }

  private static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { $0 == " " || $0 == "\"" || $0 == "'" }) else { return word }
    return word.contains("'") ? "\"\(word)\"" : "'\(word)'"
  }

  private static func unreadable(_ text: String, _ reason: String) -> ExplorerError {
    ExplorerError(.usage, "the embedder \"\(text)\" cannot be read: \(reason)")
  }
}

extension EmbedderName.Model: CustomStringConvertible {
  public var description: String { name + (dimensions.map { "@\($0)" } ?? "") }
}
