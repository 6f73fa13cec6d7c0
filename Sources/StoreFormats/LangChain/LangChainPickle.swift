import Pickle
import VectorStore

/// The documents and the row map out of LangChain's `(docstore, index_to_docstore_id)`.
struct LangChainPickle {
  /// The docstore's entries in its order.
  var documents: [DocumentID: Document]
  /// Which id each row of the index has, by row ascending.
  ///
  /// A row is faiss's label.
  var mapping: [(row: Int, id: DocumentID)]
  /// The bytes of the index, in a store made by `serialize_to_bytes`.
  var index: [UInt8]?

  /// The same two parts from another format.
  init(documents: [DocumentID: Document], mapping: [(row: Int, id: DocumentID)]) {
    self.documents = documents
    self.mapping = mapping
  }

  /// Checks the shape of an unpickled value: every rule of section 5.6 of the pickle notes, or a whole object.
  ///
  /// Throws ``StoreFormatError`` `.badData` naming the part that has another shape, or what the value is instead.
  init(_ value: PickleValue, watch: ReadWatch = { _ in }) throws(StoreFormatError) {
    if let state = WholeObject.state(of: value) {
      self = try Self.parts(ofWholeObject: state, watch)
      return
    }
    guard case .tuple(var parts) = value else { throw .notAStore(value) }
    if parts.count == 3 {
      index = try Self.indexBytes(parts.removeFirst())
    }
    guard parts.count == 2 else { throw .notAStore(value) }
    documents = try Self.docstore(parts[0], watch)
    mapping = try Self.mapping(parts[1])
  }

  /// The parts that LangChain's own object has under their names; the oldest have no map, their keys are the rows.
  private static func parts(
    ofWholeObject state: [PickleEntry], _ watch: ReadWatch
  ) throws(StoreFormatError) -> LangChainPickle {
    guard let store = state["docstore"] else {
      throw StoreFormatError(.badData, "the LangChain object has no \"docstore\"")
    }
    let documents = try docstore(store, watch)
    let rows: [(row: Int, id: DocumentID)]
    if let map = state["index_to_docstore_id"] {
      rows = try mapping(map)
    } else {
      rows = documents.keys.compactMap { id in Int(id.text).map { ($0, id) } }.sorted { $0.row < $1.row }
    }
    var pickle = LangChainPickle(documents: documents, mapping: rows)
    if let own = state["index"], own != .none { pickle.index = try indexBytes(own) }
    return pickle
  }

  private static func indexBytes(_ value: PickleValue) throws(StoreFormatError) -> [UInt8] {
    guard case .object(let object) = value, case .global(let name) = object.callee,
      name.module == "faiss" || name.module.hasPrefix("faiss."), case .dict(let state)? = object.state
    else { throw .shape("a faiss index", value, "the index") }
    switch state["this"] {
    case .bytes(let bytes)?, .byteArray(let bytes)?: return bytes
    case let other?: throw .shape("bytes", other, "the serialized index")
    case nil: throw StoreFormatError(.badData, "the serialized index has no bytes (its state lacks \"this\")")
    }
  }

  private static func docstore(
    _ value: PickleValue, _ watch: ReadWatch
  ) throws(StoreFormatError) -> [DocumentID: Document] {
    guard case .object(let object) = value, case .global(let name) = object.callee,
      name.name == "InMemoryDocstore", case .dict(let state)? = object.state
    else { throw .shape("an InMemoryDocstore", value, "the docstore") }
    guard let entries = state["_dict"] else {
      throw StoreFormatError(.badData, "the docstore has no \"_dict\"")
    }
    guard let pairs = entries.dictionaryItems else {
      throw .shape("a dict", entries, "the docstore's \"_dict\"")
    }
    var documents: [DocumentID: Document] = [:]
    documents.reserveCapacity(pairs.count)
    for (number, pair) in pairs.enumerated() {
      if number % 4096 == 0 { try watch(ReadStep(.documents, done: number, total: pairs.count)) }
      let id = try DocumentID(pair.key)
      documents[id] = try Document(pair.value, id: id)
    }
    return documents
  }

  private static func mapping(_ value: PickleValue) throws(StoreFormatError) -> [(row: Int, id: DocumentID)] {
    guard let pairs = value.dictionaryItems else { throw .shape("a dict", value, "index_to_docstore_id") }
    var rows: [(row: Int, id: DocumentID)] = []
    rows.reserveCapacity(pairs.count)
    for pair in pairs {
      guard let row = pair.key.integer else {
        throw .shape("an int", pair.key, "a row in index_to_docstore_id")
      }
      guard row >= 0 else {
        throw StoreFormatError(.badData, "index_to_docstore_id: row \(row) is negative; rows count from 0")
      }
      rows.append((row, try DocumentID(pair.value)))
    }
    let isAscending = zip(rows, rows.dropFirst()).allSatisfy { $0.row < $1.row }
    return isAscending ? rows : rows.sorted { $0.row < $1.row }
  }
}

extension StoreFormatError {
  static func shape(_ expected: String, _ found: PickleValue, _ place: String) -> StoreFormatError {
    StoreFormatError(.badData, "\(place): expected \(expected), found \(found.typeName)")
  }
}

extension DocumentID {
  /// A docstore key: text, or another value kept as it is and shown as Python prints it.
  init(_ value: PickleValue) throws(StoreFormatError) {
    if case .string(let text) = value, let string = text.string {
      self.init(string)
    } else {
      let shown = try MetadataValue(value)
      self.init(shown.pythonText, encoded: try value.fragment())
    }
  }
}

extension Document {
  /// A pickled `Document` of any LangChain version, or of a class derived from it.
  init(_ value: PickleValue, id: DocumentID) throws(StoreFormatError) {
    let place = "the document \"\(id.text)\""
    guard case .object(let object) = value, case .global(let type) = object.callee,
      case .dict(let state)? = object.state
    else { throw .shape("a Document", value, place) }
    let isOwnClass = type.name != "Document"
    var fields = state
    if let inner = state["__dict__"] {
      guard case .dict(let pairs) = inner else { throw .shape("a dict", inner, "\(place), __dict__") }
      fields = pairs
    }
    guard let content = fields["page_content"] else {
      throw StoreFormatError(.badData, "\(place) has no page_content")
    }
    guard case .string(let text) = content else { throw .shape("text", content, "\(place), page_content") }
    var metadata = Metadata()
    if let found = fields["metadata"] {
      guard case .dict(let pairs) = found else { throw .shape("a dict", found, "\(place), metadata") }
      metadata = try Metadata(pairs)
    }
    self.init(
      id: id, content: Text(text), metadata: metadata, encoded: isOwnClass ? try value.fragment() : nil)
  }
}
