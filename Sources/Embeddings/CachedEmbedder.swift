import Synchronization

/// Remembers the vectors of the texts asked for last, so that a query asked again costs nothing.
///
/// Only requests of a single text are kept: those are queries. O(1) a query.
public final class CachedEmbedder: Embedder {
  private struct Cache {
    /// By the bytes of their texts: strings that Swift holds to be equal may differ to a model.
    var vectors: [[UInt8]: [Float]] = [:]
    /// Oldest first; the same text may come twice.
    var order: [[UInt8]] = []
  }

  private let embedder: any Embedder
  private let limit: Int
  private let cache = Mutex(Cache())

  public var name: String { embedder.name }
  public var isLexical: Bool { embedder.isLexical }
  public var dimension: Int { get async throws { try await embedder.dimension } }

  /// Keeps at most `limit` vectors.
  public init(_ embedder: any Embedder, limit: Int = 256) {
    self.embedder = embedder
    self.limit = max(1, limit)
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    guard texts.count == 1 else { return try await embedder.embed(texts, progress: progress) }
    let text = Array(texts[0].utf8)
    if let vector = cache.withLock({ $0.vectors[text] }) {
      progress(EmbeddingProgress(completed: 1, total: 1))
      return vector
    }
    let vector = try await embedder.embed(texts, progress: progress)
    cache.withLock { cache in
      if cache.vectors.updateValue(vector, forKey: text) == nil { cache.order.append(text) }
      if cache.order.count > limit { cache.vectors[cache.order.removeFirst()] = nil }
    }
    return vector
  }

  public func cutsOff(_ text: String) -> Bool { embedder.cutsOff(text) }
}
