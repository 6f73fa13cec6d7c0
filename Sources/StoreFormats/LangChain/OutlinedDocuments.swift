import Pickle
import VectorStore

/// The documents of a LangChain pickle, each read from the mapped file when somebody asks for it.
///
/// Row r of the map is position r of the index: a store of any other kind is read whole (``LangChainPickle``).
struct OutlinedDocuments: DocumentSource {
  private let file: MappedFile
  private let outline: DocstoreOutline
  let summary: PickleSummary

  /// Nil when the pickle has no outline, or not `count` rows.
  init?(_ file: MappedFile, count: Int) {
    guard let outline = file.withBytes({ DocstoreOutline($0) }), outline.count == count,
      let first = file.withBytes({ outline.document(ofRow: 0, in: $0) })
    else { return nil }
    self.file = file
    self.outline = outline
    summary = PickleSummary(outline, first: first)
  }

  var count: Int { outline.count }

  func id(at position: Int) -> DocumentID {
    file.withBytes { bytes in
      guard let key = outline.key(ofRow: position, in: bytes) else { return DocumentID("") }
      if let text = String(validating: key, as: UTF8.self) { return DocumentID(text) }
      let text = PickleValue.string(PickleString(bytes: Array(key)))
      return (try? DocumentID(text)) ?? DocumentID("")
    }
  }

  func positions(of id: DocumentID) -> [Int]? {
    // Other keys than text are found by looking at all.
    guard id.encoded == nil else { return nil }
    let text = Array(id.text.utf8)
    return file.withBytes { bytes in text.withUnsafeBytes { outline.row(ofKey: $0, in: bytes) } }.map { [$0] }
      ?? []
  }

  func metadata(at position: Int) -> Metadata {
    guard case .dict(let entries)? = file.withBytes({ outline.metadata(ofRow: position, in: $0) }) else {
      return Metadata()
    }
    return (try? Metadata(entries)) ?? Metadata()
  }

  func document(at position: Int) -> Document {
    let id = id(at: position)
    if let value = file.withBytes({ outline.document(ofRow: position, in: $0) }),
      let document = try? Document(value, id: id)
    {
      return document
    }
    // Only in a file that another program writes into: ``check()`` keeps this from being saved.
    return Document(id: id, content: "this document cannot be read any more: its file has changed")
  }

  func check() throws(VectorStoreError) { try file.check() }
}
