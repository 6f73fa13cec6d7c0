import VectorStore

/// A document that a file gave, before it has a place in a store.
public struct SourceDocument: Sendable, Hashable {
  /// Never blank.
  public var text: Text
  public var metadata: Metadata
  /// The id that the file gives; nil when a store is to make one.
  public var id: DocumentID?
  /// The vector that the file gives, finite numbers; nil when the text is to be embedded.
  public var vector: [Float]?
  public var origin: SourceOrigin

  public init(
    text: Text, metadata: Metadata = [:], id: DocumentID? = nil, vector: [Float]? = nil,
    origin: SourceOrigin
  ) {
    self.text = text
    self.metadata = metadata
    self.id = id
    self.vector = vector
    self.origin = origin
  }
}

/// Where a document was read.
public struct SourceOrigin: Sendable, Hashable, CustomStringConvertible {
  /// The path as the caller gave or found it; "-" for the standard input.
  public var file: String
  /// Where its record starts, counted from 1.
  public var line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  public var description: String { "\(file):\(line)" }
}

extension SourceDocument {
  /// The chunks of the document, each with all of its metadata; LangChain's `split_documents`.
  ///
  /// Where the limits ask for it, "start_index" is set as LangChain sets it. As in LangChain a cut
  /// document loses its id, since ids name one document; one that stays whole keeps it. A document that
  /// brings its vector is never cut: the vector belongs to the whole text.
  public func split(by splitter: some TextSplitter) -> (documents: [Self], warnings: [LongChunkWarning]) {
    guard vector == nil else { return ([self], []) }
    let result = splitter.split(text)
    let documents = result.chunks.map { chunk in
      var part = self
      part.text = chunk.content
      part.id = result.chunks.count == 1 ? id : nil
      if let index = chunk.startIndex { part.metadata["start_index"] = .int(index) }
      return part
    }
    return (documents, result.warnings)
  }
}
