import Foundation
import VectorStore

/// A store as JSON Lines: a header, then one row a line with its id, content, metadata and vector, in row order.
///
/// ```
/// {"fathom":"store 1","metric":"squared_l2","dimension":2}
/// {"id":"a","content":"text","metadata":{"page":1},"vector":[0.5,-1.0]}
/// ```
/// Nothing is lost: values that JSON lacks are tagged (``MetadataValue/json``, ``MetadataValue/portable()``), and a
/// vector that is not finite is `{"$t":"float32","hex":"…"}`, its bytes little-endian. A line without "vector" is a
/// document that no row shows; one without "content" a row whose document is missing. Without a header the metric
/// is squared L2, so files of other programs can be read too.
struct JSONLinesStore {
  var metric = Metric.squaredL2
  var dimension: Int?
  var documents: [Document] = []
  var vectors: [Float] = []
  var leftovers = DocstoreLeftovers()

  private static let title = "store 1"

  // MARK: Writing

  static func write(
    _ version: StoreVersion, _ leftovers: DocstoreLeftovers, to sink: inout FileSink
  ) throws(StoreFormatError) {
    let header: Metadata = [
      "fathom": .string(Text(title)), "metric": .string(Text(version.metric.scoreName)),
      "dimension": .int(version.dimension),
    ]
    try line(MetadataValue.dictionary(header).json, to: &sink)
    for row in 0..<version.count {
      try sink.passed(rows: row)
      let document = version.document(atRow: row)
      var fields = Self.fields(document, isMissing: leftovers.missing.contains(document.id))
      do { fields["vector"] = MetadataValue(vector: try version.vector(atRow: row)) } catch {
        throw StoreFormatError(.unsupported, error.message)
      }
      try line(MetadataValue.dictionary(fields).json, to: &sink)
    }
    for orphan in leftovers.orphans {
      try line(MetadataValue.dictionary(Self.fields(orphan, isMissing: false)).json, to: &sink)
    }
  }

  private static func line(_ text: String, to sink: inout FileSink) throws(StoreFormatError) {
    try sink.append(Array((text + "\n").utf8))
  }

  private static func fields(_ document: Document, isMissing: Bool) -> Metadata {
    var fields: Metadata = [
      "id": document.id.encoded.map { pickled($0, as: document.id.text) } ?? .string(Text(document.id.text))
    ]
    if isMissing { return fields }
    fields["content"] = .string(document.content)
    fields["metadata"] = .dictionary(document.metadata.portable())
    if let encoded = document.encoded { fields["document"] = pickled(encoded, as: "Document") }
    return fields
  }

  private static func pickled(_ bytes: [UInt8], as summary: String) -> MetadataValue {
    .foreign(
      ForeignValue(
        kind: "pickle", summary: summary, fields: ["pickle": .string(Text(hexadecimal(bytes)))], encoded: []))
  }

  // MARK: Reading

  /// Throws ``StoreFormatError`` `.badData` with the line's number.
  init(
    _ file: MappedFile, name: String, watch: @escaping ReadWatch = { _ in }
  ) throws(StoreFormatError) {
    self.init()
    let result = file.withBytes { bytes -> Result<JSONLinesStore, StoreFormatError> in
      var store = JSONLinesStore()
      var start = 0
      var number = 1
      var nextStep = 0
      do throws(StoreFormatError) {
        while start < bytes.count {
          if start >= nextStep {
            nextStep = start + 1 << 20
            try watch(ReadStep(.bytes, done: start, total: bytes.count))
          }
          let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
          let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          do throws(StoreFormatError) { try store.take(line) } catch {
            throw StoreFormatError(error.code, "\(name), line \(number): \(error.message)")
          }
          start = end + 1
          number += 1
        }
        return .success(store)
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  private init() {}

  private mutating func take(_ line: UnsafeRawBufferPointer) throws(StoreFormatError) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    let value: MetadataValue
    do throws(JSONError) { value = try MetadataValue(json: String(decoding: line, as: UTF8.self)) } catch {
      throw StoreFormatError(.badData, "no JSON: \(error.message) at character \(error.offset)")
    }
    guard case .dictionary(let fields) = value else {
      throw StoreFormatError(.badData, "expected an object, found \(value.typeName)")
    }
    if let title = fields["fathom"] { return try takeHeader(title, fields) }
    guard let id = try Self.id(fields["id"]) else {
      throw StoreFormatError(.badData, "\"id\": expected text; fathom build makes ids for lines without")
    }
    guard fields["vector"] != nil || fields["content"] != nil || fields["page_content"] != nil else {
      throw StoreFormatError(.badData, "expected \"vector\" and \"content\"")
    }
    let document = try Self.document(id, fields)
    guard let vector = fields["vector"], vector != .null else {
      if let document { leftovers.orphans.append(document) }
      return
    }
    if document == nil { leftovers.missing.insert(id) }
    let numbers = try Self.vector(vector)
    let dimension = self.dimension ?? numbers.count
    guard numbers.count == dimension, dimension > 0 else {
      throw StoreFormatError(
        .badData, "the vector has \(numbers.count) numbers, expected \(max(1, dimension))")
    }
    self.dimension = dimension
    documents.append(document ?? Document(id: id, content: ""))
    vectors += numbers
  }

  private mutating func takeHeader(_ title: MetadataValue, _ fields: Metadata) throws(StoreFormatError) {
    guard documents.isEmpty, title == .string(Text(Self.title)) else {
      throw StoreFormatError(
        .badData, "expected the header of a \"\(Self.title)\" on the first line, found \(title.json)")
    }
    guard case .string(let name)? = fields["metric"],
      let metric = [Metric.squaredL2, .innerProduct].first(where: { $0.scoreName == name.string })
    else {
      throw StoreFormatError(
        .unsupported,
        "metric \(fields["metric"]?.json ?? "none"): only squared_l2 and inner_product can be read from JSON Lines"
      )
    }
    self.metric = metric
    if case .int(let count)? = fields["dimension"], count > 0 { dimension = count }
  }

  private static func id(_ value: MetadataValue?) throws(StoreFormatError) -> DocumentID? {
    switch value {
    case .string(let text)?: return DocumentID(text.string)
    case .foreign(let foreign)?:
      guard case .string(let digits)? = foreign.fields["pickle"] else { return nil }
      return try DocumentID(try .init(fragmentDigits: digits.string))
    default: return nil
    }
  }

  private static func document(_ id: DocumentID, _ fields: Metadata) throws(StoreFormatError) -> Document? {
    guard let content = fields["content"] ?? fields["page_content"] else { return nil }
    guard case .string(let text) = content else {
      throw StoreFormatError(.badData, "\"content\": expected text, found \(content.typeName)")
    }
    if case .foreign(let own)? = fields["document"], case .string(let digits)? = own.fields["pickle"] {
      return try Document(try .init(fragmentDigits: digits.string), id: id)
    }
    switch fields["metadata"] {
    case nil, .null?: return Document(id: id, content: text)
    case .dictionary(let metadata)?:
      return Document(id: id, content: text, metadata: try metadata.restored())
    case let other?:
      throw StoreFormatError(.badData, "\"metadata\": expected an object, found \(other.typeName)")
    }
  }

  private static func vector(_ value: MetadataValue) throws(StoreFormatError) -> [Float] {
    switch value {
    case .list(let items):
      var numbers: [Float] = []
      numbers.reserveCapacity(items.count)
      for item in items {
        switch item {
        case .float(let number): numbers.append(Float(number))
        case .int(let number): numbers.append(Float(number))
        default:
          throw StoreFormatError(.badData, "\"vector\": expected numbers, found \(item.typeName)")
        }
      }
      return numbers
    case .foreign(let raw) where raw.kind == "float32":
      guard case .string(let digits)? = raw.fields["hex"], let bytes = [UInt8](hex: digits.string),
        bytes.count.isMultiple(of: 4)
      else { throw StoreFormatError(.badData, "\"vector\": expected hexadecimal digits of 4 bytes a number") }
      return bytes.withUnsafeBytes { raw in
        (0..<bytes.count / 4).map {
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
      }
    default: throw StoreFormatError(.badData, "\"vector\": expected a list, found \(value.typeName)")
    }
  }
}
