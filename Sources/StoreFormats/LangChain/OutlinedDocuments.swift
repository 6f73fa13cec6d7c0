import Pickle
import VectorStore

/// The documents of a LangChain pickle, each read from the mapped file when somebody asks for it.
///
/// Row r of the map is position r of the index: a store of any other kind is read whole (``LangChainPickle``).
struct OutlinedDocuments: DocumentSource {
  private let file: MappedFile
  private let outline: DocstoreOutline
  /// As many as there are vectors; before the pickle was gone through some of them are not known yet.
  let count: Int
  let summary: PickleSummary

  /// Nil when the pickle has no outline, or not `count` rows; throws what `watch` throws.
  ///
  /// With a cache the outline is taken from there, or kept there for the next time.
  init?(
    _ file: MappedFile, count: Int, cache: StoreCache? = nil, watch: PickleWatch? = nil
  ) throws(PickleError) {
    var found = cache?.outline(of: file)
    if found == nil { found = try Self.scan(file, cache, watch) }
    guard let outline = found, outline.count == count,
      let first = file.withBytes({ outline.document(ofRow: 0, in: $0) })
    else { return nil }
    self.file = file
    self.outline = outline
    self.count = count
    summary = PickleSummary(outline, first: first)
  }

  /// The first documents of `count`; those after them are only said to be coming.
  ///
  /// Nil where these cannot be told without going through the pickle.
  init?(headOf file: MappedFile, count: Int) {
    guard let outline = file.withBytes({ DocstoreOutline(headOf: $0, rows: count) }),
      let first = file.withBytes({ outline.document(ofRow: 0, in: $0) })
    else { return nil }
    self.file = file
    self.outline = outline
    self.count = count
    summary = PickleSummary(outline, first: first)
  }

  private static func scan(
    _ file: MappedFile, _ cache: StoreCache?, _ watch: PickleWatch?
  ) throws(PickleError) -> DocstoreOutline? {
    let outline = try file.withBytes { bytes throws(PickleError) in try DocstoreOutline(bytes, watch: watch) }
    guard let outline, let cache, (try? file.check()) != nil else { return outline }
    cache.keep(outline)
    // The tables of the kept one take no memory that must stay.
    return cache.outline(of: file) ?? outline
  }

  /// The documents that are known; positions after them are not.
  var known: Int { outline.count }

  func id(at position: Int) -> DocumentID {
    guard position < known else { return .pending }
    return file.withBytes { bytes in
      guard let key = outline.key(ofRow: position, in: bytes) else { return DocumentID("") }
      if let text = Text(validating: key) { return DocumentID(text.string) }
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
    guard position < known else { return Metadata() }
    if let plain = file.withBytes({ outline.plainMetadata(ofRow: position, in: $0) }) { return plain }
    guard case .dict(let entries)? = file.withBytes({ outline.metadata(ofRow: position, in: $0) }) else {
      return Metadata()
    }
    return (try? Metadata(entries)) ?? Metadata()
  }

  func document(at position: Int) -> Document {
    guard position < known else {
      return Document(id: id(at: position), content: "still being read")
    }
    let id = id(at: position)
    if let plain = file.withBytes({ outline.plainDocument(ofRow: position, id: id, in: $0) }) { return plain }
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

/// Straight from the file, without a value of Python's between.
extension DocstoreOutline {
  /// Nil for a document with other metadata than plain values, or with lone surrogates.
  func plainDocument(ofRow row: Int, id: DocumentID, in bytes: UnsafeRawBufferPointer) -> Document? {
    guard let content = content(ofRow: row, in: bytes).flatMap(Text.init(validating:)),
      let metadata = plainMetadata(ofRow: row, in: bytes)
    else { return nil }
    return Document(id: id, content: content, metadata: metadata)
  }

  func plainMetadata(ofRow row: Int, in bytes: UnsafeRawBufferPointer) -> Metadata? {
    var items: [(MetadataValue, MetadataValue)] = []
    items.reserveCapacity(8)
    let isPlain = forEachPlainItem(ofRow: row, in: bytes) { key, value in
      guard let key = Text(validating: key), let value = MetadataValue(value) else { return false }
      items.append((.string(key), value))
      return true
    }
    return isPlain ? Metadata(items) : nil
  }
}

extension MetadataValue {
  /// Nil for text with lone surrogates.
  fileprivate init?(_ value: PlainValue) {
    switch value {
    case .none: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let bytes):
      guard let text = Text(validating: bytes) else { return nil }
      self = .string(text)
    case .list(let items):
      let values = items.compactMap(MetadataValue.init)
      guard values.count == items.count else { return nil }
      self = .list(values)
    }
  }
}

extension StoreCache {
  private static let outlineName = "outline"

  fileprivate func outline(of file: MappedFile) -> DocstoreOutline? {
    guard let piece = piece(Self.outlineName) else { return nil }
    return file.withBytes { DocstoreOutline(sections: piece.sections, owner: piece.owner, of: $0) }
  }

  fileprivate func keep(_ outline: DocstoreOutline) {
    outline.withSections { keep(Self.outlineName, $0) }
  }
}
