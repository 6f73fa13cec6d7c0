import VectorStore

/// The `docstore.json` that LangChain.js keeps beside its `faiss.index`: `[[[id, document], …], {"0": id, …}]`.
///
/// Source: `FaissStore.save` and `load` of `@langchain/community`. A document is `{"pageContent", "metadata"}`.
/// Values that JSON lacks are tagged (``MetadataValue/portable()``): JavaScript sees an object, Fathom the value.
enum LangChainJSDocstore {
  static func write(
    _ version: StoreVersion, labels: [Int], _ leftovers: DocstoreLeftovers, to sink: inout FileSink
  ) throws(StoreFormatError) {
    var seen: Set<DocumentID> = []
    var isFirst = true
    func append(_ document: Document, _ sink: inout FileSink) throws(StoreFormatError) {
      let fields: Metadata = [
        "pageContent": .string(document.content), "metadata": .dictionary(document.metadata.portable()),
      ]
      let entry = MetadataValue.list([.string(Text(document.id.text)), .dictionary(fields)])
      try sink.append(Array(((isFirst ? "" : ",") + entry.json).utf8))
      isFirst = false
    }
    try sink.append(Array("[[".utf8))
    for row in 0..<version.count {
      let document = version.document(atRow: row)
      if seen.insert(document.id).inserted, !leftovers.missing.contains(document.id) {
        try append(document, &sink)
      }
    }
    for orphan in leftovers.orphans where seen.insert(orphan.id).inserted { try append(orphan, &sink) }
    try sink.append(Array("],{".utf8))
    for row in 0..<version.count {
      let id = MetadataValue.string(Text(version.document(atRow: row).id.text)).json
      try sink.append(Array("\(row == 0 ? "" : ",")\"\(labels[row])\":\(id)".utf8))
    }
    try sink.append(Array("}]".utf8))
  }

  /// Throws ``StoreFormatError`` `.badData` naming the part that has another shape.
  static func read(_ file: MappedFile, name: String) throws(StoreFormatError) -> LangChainPickle {
    let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
    let value: MetadataValue
    do throws(JSONError) { value = try MetadataValue(json: text) } catch {
      throw StoreFormatError(.badData, "\(name): \(error.message) at character \(error.offset)")
    }
    guard case .list(let parts) = value, parts.count == 2, case .list(let entries) = parts[0],
      case .dictionary(let map) = parts[1]
    else {
      throw StoreFormatError(
        .badData, "\(name): expected [[[id, document], …], {row: id, …}], as LangChain.js writes it")
    }
    do throws(StoreFormatError) {
      return LangChainPickle(documents: try documents(entries), mapping: try mapping(map))
    } catch {
      throw StoreFormatError(error.code, "\(name): \(error.message)")
    }
  }

  private static func documents(_ entries: [MetadataValue]) throws(StoreFormatError) -> [DocumentID: Document]
  {
    var documents: [DocumentID: Document] = [:]
    for (number, entry) in entries.enumerated() {
      guard case .list(let pair) = entry, pair.count == 2, case .string(let id) = pair[0],
        case .dictionary(let fields) = pair[1], case .string(let content)? = fields["pageContent"]
      else {
        throw StoreFormatError(
          .badData, "document \(number): expected [id, {\"pageContent\": text, \"metadata\": object}]")
      }
      var metadata = Metadata()
      if case .dictionary(let found)? = fields["metadata"] { metadata = try found.restored() }
      let key = DocumentID(id.string)
      documents[key] = Document(id: key, content: content, metadata: metadata)
    }
    return documents
  }

  private static func mapping(
    _ map: Metadata
  ) throws(StoreFormatError) -> [(row: Int, id: DocumentID)] {
    var rows: [(row: Int, id: DocumentID)] = []
    for entry in map.entries {
      guard case .string(let key) = entry.key, let row = Int(key.string), row >= 0,
        case .string(let id) = entry.value
      else { throw StoreFormatError(.badData, "the map: expected {row: id}, found \(entry.key.json)") }
      rows.append((row, DocumentID(id.string)))
    }
    return rows.sorted { $0.row < $1.row }
  }
}
