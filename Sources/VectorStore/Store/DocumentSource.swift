/// The documents of a segment by position, made when somebody asks for one.
///
/// Always the same for the same position, from any thread.
public protocol DocumentSource: Sendable {
  var count: Int { get }
  /// The cost is that of reading one document.
  func document(at position: Int) -> Document
  /// Cheaper than the whole document.
  func id(at position: Int) -> DocumentID
  func metadata(at position: Int) -> Metadata
  /// Every position that carries `id`, ascending; nil when only a look at all of them would tell.
  func positions(of id: DocumentID) -> [Int]?
  /// Throws ``VectorStoreError`` `.file` when what the documents are read from is no longer what it was.
  func check() throws(VectorStoreError)
}

extension DocumentSource {
  public func positions(of id: DocumentID) -> [Int]? { nil }
}

/// Documents in memory.
struct DocumentArray: DocumentSource {
  private let documents: [Document]

  init(_ documents: [Document]) { self.documents = documents }

  var count: Int { documents.count }
  func document(at position: Int) -> Document { documents[position] }
  func id(at position: Int) -> DocumentID { documents[position].id }
  func metadata(at position: Int) -> Metadata { documents[position].metadata }
  func check() {}
}

/// Documents of which some are others than those of the source.
struct EditedDocuments: DocumentSource {
  private let source: any DocumentSource
  private let edited: [Int: Document]

  init(_ source: any DocumentSource, _ edited: [Int: Document]) {
    self.source = source
    self.edited = edited
  }

  var count: Int { source.count }
  func document(at position: Int) -> Document { edited[position] ?? source.document(at: position) }
  func id(at position: Int) -> DocumentID { edited[position]?.id ?? source.id(at: position) }
  func metadata(at position: Int) -> Metadata { edited[position]?.metadata ?? source.metadata(at: position) }
  func check() throws(VectorStoreError) { try source.check() }
}
