import Pickle
import VectorStore

/// Writes `(docstore, index_to_docstore_id)` in the form that every LangChain from community 0.0.20 on loads.
///
/// Each document carries the state of both pydantic layouts ("universal", section 6 of the pickle
/// notes). Values that were read and not understood go back as the bytes they came from.
struct LangChainWriter {
  /// How much is gathered before it goes to the file.
  private static let piece = 1 << 20

  let version: StoreVersion
  /// The number by which the map knows each row.
  let labels: [Int]
  let leftovers: DocstoreLeftovers

  /// Appends the whole pickle to `sink`; with an `index` the three values of `serialize_to_bytes`.
  func write(to sink: inout FileSink, index: IndexWriter? = nil) throws(StoreFormatError) {
    var writer = PickleWriter()
    if let index { try write(index, to: &writer) }
    let ids = try writeDocstore(&writer, to: &sink)
    writeMap(ids, &writer)
    if index == nil { writer.makePair() } else { writer.makeTriple() }
    try sink.append(writer.finish())
  }

  private func write(_ index: IndexWriter, to writer: inout PickleWriter) throws(StoreFormatError) {
    // Not a build's own module, such as faiss.swigfaiss_avx2: on another processor that is not the one that faiss has
    // loaded, and an index of its classes can be neither searched nor saved there.
    writer.writeInstance(module: "faiss", name: index.className)
    writer.beginDict()
    writer.writeText("this")
    writer.writeBytes(try index.bytes())
    writer.endDict()
    writer.build()
  }

  /// Writes one document for each id, as a docstore has it: in row order, then those that no row shows.
  ///
  /// Returns the ids of all rows; every document is read once.
  private func writeDocstore(
    _ writer: inout PickleWriter, to sink: inout FileSink
  ) throws(StoreFormatError) -> [DocumentID] {
    writer.writeInstance(module: "langchain_community.docstore.in_memory", name: "InMemoryDocstore")
    writer.beginDict()
    writer.writeText("_dict")
    var ids: [DocumentID] = []
    ids.reserveCapacity(version.count)
    var entries = Entries(expecting: version.count)
    var failure: StoreFormatError?
    version.forEachDocument { row, document in
      guard failure == nil else { return }
      ids.append(document.id)
      do throws(StoreFormatError) {
        try sink.passed(rows: row)
        if !leftovers.missing.contains(document.id) { try entries.add(document, &writer, to: &sink) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    for orphan in leftovers.orphans { try entries.add(orphan, &writer, to: &sink) }
    // A dict of its own items needs no open MARK when it is empty.
    if entries.count == 0 { writer.writeDict([Document]()) { _, _ in } } else { writer.endDict() }
    writer.endDict()
    writer.build()
    return ids
  }

  /// The items of the docstore's dict, as they are written.
  private struct Entries {
    private var seen: Set<DocumentID> = []
    private var frame = DocumentFrame()

    init(expecting count: Int) { seen.reserveCapacity(count) }

    var count: Int { seen.count }

    /// Leaves a document out whose id has one already.
    mutating func add(
      _ document: Document, _ writer: inout PickleWriter, to sink: inout FileSink
    ) throws(StoreFormatError) {
      let number = seen.count
      guard seen.insert(document.id).inserted else { return }
      if number == 0 { writer.beginDict() }
      if number > 0, number % PickleWriter.batchCount == 0 { writer.flushDict() }
      writer.writeID(document.id)
      frame.write(document, to: &writer)
      if writer.bytes.count > LangChainWriter.piece { try sink.append(writer.drain()) }
    }
  }

  private func writeMap(_ ids: [DocumentID], _ writer: inout PickleWriter) {
    writer.writeDict(zip(labels, ids)) { writer, entry in
      writer.writeInt(entry.0)
      writer.writeID(entry.1)
    }
  }
}

extension PickleWriter {
  fileprivate mutating func writeID(_ id: DocumentID) {
    if let encoded = id.encoded { writeFragment(encoded) } else { writeText(id.text) }
  }

  fileprivate mutating func write(_ metadata: Metadata) {
    writeDict(metadata.entries) { writer, entry in
      if case .string(let key) = entry.key, key.exact == nil, key.string.utf8.count < 64 {
        writer.writeKey(key.string)
      } else {
        writer.write(entry.key)
      }
      writer.write(entry.value)
    }
  }

  private mutating func write(_ value: MetadataValue) {
    switch value {
    case .null: writeNone()
    case .bool(let value): writeBool(value)
    case .int(let value): writeInt(value)
    case .float(let value): writeFloat(value)
    case .string(let text): writeText(utf8: text.utf8)
    case .list(let items): writeList(items) { writer, item in writer.write(item) }
    case .tuple(let items): writeTuple(items) { writer, item in writer.write(item) }
    case .dictionary(let items): write(items)
    case .foreign(let value): writeFragment(value.encoded)
    }
  }
}

/// What stands around the fields of a document: the same bytes for all but the first, which introduces its texts.
private struct DocumentFrame {
  private enum Part: Int, CaseIterable {
    case beforeID, beforeMetadata, beforeContent, end
  }

  /// By part; nil until it was written a second time.
  private var known = [[UInt8]?](repeating: nil, count: Part.allCases.count)
  private var isIntroduced = false

  mutating func write(_ document: Document, to writer: inout PickleWriter) {
    if let encoded = document.encoded { return writer.writeFragment(encoded) }
    write(.beforeID, to: &writer)
    // `Document.id` is text or None; a key of another type is its `str`, as LangChain coerces it.
    writer.writeText(document.id.text)
    write(.beforeMetadata, to: &writer)
    writer.write(document.metadata)
    write(.beforeContent, to: &writer)
    writer.writeText(utf8: document.content.utf8)
    write(.end, to: &writer)
    isIntroduced = true
  }

  private mutating func write(_ part: Part, to writer: inout PickleWriter) {
    if let bytes = known[part.rawValue] { return writer.writeFragment(bytes) }
    let start = writer.bytes.count
    Self.write(part, to: &writer)
    if isIntroduced { known[part.rawValue] = Array(writer.bytes[start...]) }
  }

  private static func write(_ part: Part, to writer: inout PickleWriter) {
    let fields = ["id", "metadata", "page_content"]
    switch part {
    case .beforeID:
      writer.writeInstance(module: "langchain_core.documents.base", name: "Document")
      writer.beginDict()
      writer.writeKey("__dict__")
      writer.beginDict()
      writer.writeKey("id")
    case .beforeMetadata: writer.writeKey("metadata")
    case .beforeContent: writer.writeKey("page_content")
    case .end:
      writer.writeKey("type")
      writer.writeKey("Document")
      writer.endDict()
      writer.writeKey("__pydantic_extra__")
      writer.writeNone()
      writer.writeKey("__pydantic_fields_set__")
      writer.writeSet(fields) { writer, field in writer.writeKey(field) }
      writer.writeKey("__pydantic_private__")
      writer.writeNone()
      writer.writeKey("__fields_set__")
      writer.writeSet(fields) { writer, field in writer.writeKey(field) }
      writer.writeKey("__private_attribute_values__")
      writer.writeDict([String]()) { _, _ in }
      writer.endDict()
      writer.build()
    }
  }
}
