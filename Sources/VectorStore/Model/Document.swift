/// What one row of a store holds beside its vector.
public struct Document: Sendable, Hashable, Identifiable {
  public var id: DocumentID
  /// LangChain's `page_content`.
  public var content: Text
  public var metadata: Metadata
  /// A pickle fragment of a document whose class is not LangChain's own, written back unchanged; else nil.
  public let encoded: [UInt8]?

  public init(id: DocumentID, content: Text, metadata: Metadata = [:], encoded: [UInt8]? = nil) {
    self.id = id
    self.content = content
    self.metadata = metadata
    self.encoded = encoded
  }
}
