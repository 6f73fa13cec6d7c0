import Embeddings
import Synchronization
import VectorStore

/// What is known of a store's embedder now.
public enum EmbedderStatus: Sendable, Hashable {
  /// Not looked for yet, or still being looked for.
  case unknown
  /// Text cannot be searched; the reason and what to do.
  case missing(String)
  /// What the header calls it, and the evidence.
  case ready(String, note: String)

  public var isMissing: Bool { if case .missing = self { true } else { false } }

  /// The embedder's name; nil when there is none or it is not known.
  public var name: String? { if case .ready(let name, _) = self { name } else { nil } }
}

/// How far the search for a store's embedder has come.
struct EmbedderSearch: Sendable {
  enum State: Sendable {
    case open(asked: EmbedderName?)
    case running(Task<EmbedderChoice, any Error>)
    case done(EmbedderChoice)
  }

  var state: State
  /// Grows when another embedder is asked for, so that an older search does not answer for it.
  var number = 0
}

extension Session {
  /// What is known of the embedder now, without waiting.
  public var embedderStatus: EmbedderStatus {
    embedding.withLock { if case .done(let choice) = $0.state { choice.status } else { .unknown } }
  }

  /// The embedder of this store, looked for once.
  ///
  /// Costs a moment: models are loaded, a few documents are embedded again. Throws only `CancellationError`.
  @discardableResult
  public func embedderChoice() async throws -> EmbedderChoice {
    let task: Task<EmbedderChoice, any Error> = embedding.withLock { search in
      switch search.state {
      case .done(let choice): return Task { choice }
      case .running(let task): return task
      case .open(let asked):
        let number = search.number
        let task = Task { [self] in
          let version = await store.current
          let chooser = EmbedderChooser(version: version, workshop: workshop)
          let choice = try await chooser.choose(asked: asked, remembered: remembered(version.dimension))
          embedding.withLock { if $0.number == number { $0.state = .done(choice) } }
          return choice
        }
        search.state = .running(task)
        return task
      }
    }
    return try await task.value
  }

  /// Answers text queries with another embedder from now on; nil looks for the one that fits.
  @discardableResult
  public func useEmbedder(_ name: EmbedderName?) async throws -> EmbedderChoice {
    embedding.withLock { $0 = EmbedderSearch(state: .open(asked: name), number: $0.number + 1) }
    return try await embedderChoice()
  }

  private func remembered(_ dimension: Int) -> EmbedderName? {
    memory?.embedder(ofStoreAt: place.withLock { $0.location.path }, dimension: dimension)
  }

  /// Keeps for next time what a person chose and what has worked.
  func remember(_ choice: EmbedderChoice, dimension: Int) {
    guard choice.origin == .asked, choice.embedder != nil, choice.probe?.fits != false else { return }
    // A courtesy: a folder that cannot be written is no reason to fail a search.
    try? memory?.remember(
      choice.name, forStoreAt: place.withLock { $0.location.path }, dimension: dimension)
  }

  private var memory: EmbedderMemory? { workshop.folders.map(EmbedderMemory.init) }
}

extension EmbedderChoice {
  /// What the screen says of it.
  public var status: EmbedderStatus { label.map { .ready($0, note: note) } ?? .missing(note) }
}
