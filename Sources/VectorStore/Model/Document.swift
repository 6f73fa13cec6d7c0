/// What one row of a store holds beside its vector.
public struct Document: Sendable, Hashable, Identifiable {
  public var id: DocumentID
  /// LangChain's `page_content`.
  public var content: Text
  public var metadata: Metadata

  public init(id: DocumentID, content: Text, metadata: Metadata = [:]) {
    self.id = id
    self.content = content
    self.metadata = metadata
  }
}
