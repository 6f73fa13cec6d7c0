/// Something that turns texts into vectors.
///
/// Embedders know no index and no file: whoever calls one decides whether its dimension fits.
public protocol Embedder: Sendable {
  /// The name that settings, `--embedder` and the screen use, such as "hashing".
  var name: String { get }

  /// Whether it matches words and spellings rather than meaning; shown beside the name as "(lexical)".
  var isLexical: Bool { get }

  /// Numbers per vector, at least 1.
  ///
  /// - Throws: ``EmbeddingError`` when the embedder has to be asked and does not answer.
  var dimension: Int { get async throws }

  /// Embeds texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: Any texts; an empty one is legal. No texts give no numbers.
  ///   - progress: Called once a batch, never concurrently, with `completed` rising to `total`.
  /// - Returns: One vector per text, shape `[texts.count, dimension]`, row-major.
  /// - Throws: ``EmbeddingError``, or `CancellationError` between batches.
  func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float]

  /// Whether the end of a text does not count, because the model reads only so much.
  ///
  /// False where that is not known.
  func cutsOff(_ text: String) -> Bool
}

extension Embedder {
  public func cutsOff(_ text: String) -> Bool { false }

  /// Embeds texts without reporting progress.
  ///
  /// - Returns: One vector per text, shape `[texts.count, dimension]`, row-major.
  public func embed(_ texts: [String]) async throws -> [Float] {
    try await embed(texts, progress: { _ in })
  }
}

/// How many texts of a request have been embedded.
public struct EmbeddingProgress: Sendable, Hashable {
  public var completed: Int
  public var total: Int

  public init(completed: Int, total: Int) {
    self.completed = completed
    self.total = total
  }
}
