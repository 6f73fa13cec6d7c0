import VectorStore

/// A document as a file gives it, on its way into a store.
public struct SourceDocument: Sendable, Hashable {
  public var text: String
  public var metadata: Metadata
  /// Nil: the store gives it one.
  public var id: String?
  /// A vector that the file carries; nil: an embedder makes one.
  public var vector: [Float]?

  public init(text: String, metadata: Metadata = [:], id: String? = nil, vector: [Float]? = nil) {
    self.text = text
    self.metadata = metadata
    self.id = id
    self.vector = vector
  }
}
