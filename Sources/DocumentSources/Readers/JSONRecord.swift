import VectorStore

/// Turns JSON objects into documents.
///
/// The text stands under "content", "page_content" or "text"; "metadata" is optional. Without it all
/// fields that have no other meaning are the metadata. "id" may be text or an integer, "vector" or
/// "embedding" is a list of numbers. What LangChain's `dumps` writes for a document is understood too.
struct JSONRecord {
  let settings: SourceSettings
  let origin: SourceOrigin

  private static let vectorFields = ["vector", "embedding"]

  /// - Throws: ``SourceError`` `.badJSON`, `.noText`, `.badVector` or `.badID`.
  func document(json text: String, notes: inout RecordNotes) throws(SourceError) -> SourceDocument {
    let value: MetadataValue
    do {
      value = try MetadataValue(json: text)
    } catch {
      throw failure(.badJSON, "\(error.message), at character \(error.offset + 1)")
    }
    guard case .dictionary(let record) = value else {
      throw failure(.badJSON, "an object with a text is expected, found \(value.typeName.shortened)")
    }
    return try document(fields: unwrapped(record), notes: &notes)
  }

  private func document(
    fields: Metadata, notes: inout RecordNotes
  ) throws(SourceError) -> SourceDocument {
    let textField = try textField(of: fields)
    guard case .string(let text)? = fields[textField] else {
      throw failure(
        .noText, "\"\(textField)\" must be text, it is \(fields[textField]?.typeName.shortened ?? "none")")
    }
    let idField = settings.idField ?? "id"
    let id = try id(fields[idField], field: idField)
    let vectorField = Self.vectorFields.first { fields[$0] != nil && $0 != textField }
    let vector = try vectorField.flatMap { (field) throws(SourceError) in
      try self.vector(fields[field], field: field)
    }

    var rest = fields
    for used in [textField, idField, vectorField ?? textField] { rest[used] = nil }
    var metadata = rest
    if let own = fields["metadata"] {
      rest["metadata"] = nil
      for entry in rest.entries {
        if case .string(let name) = entry.key { notes.ignoredFields.insert(name.string) }
      }
      metadata = try self.metadata(own)
    }
    return SourceDocument(text: text, metadata: metadata, id: id, vector: vector, origin: origin)
  }

  /// The fields of the document inside what LangChain's `dumps` writes; other records as they are.
  private func unwrapped(_ record: Metadata) -> Metadata {
    guard record["lc"] != nil, record["type"] == "constructor",
      case .dictionary(let arguments)? = record["kwargs"]
    else { return record }
    return arguments
  }

  private func textField(of fields: Metadata) throws(SourceError) -> String {
    let candidates = settings.textField.map { [$0] } ?? SourceSettings.textFields
    if let field = candidates.first(where: { fields[$0] != nil }) { return field }
    let expected = candidates.map { "\"\($0)\"" }.joined(separator: " or ")
    let found = fields.entries.prefix(10).map { $0.key.json.shortened }.joined(separator: ", ")
    throw failure(
      .noText, "a field \(expected) with the text is expected, found \(found.isEmpty ? "none" : found)")
  }

  private func metadata(_ value: MetadataValue) throws(SourceError) -> Metadata {
    switch value {
    case .dictionary(let metadata): return metadata
    case .null: return [:]
    default: throw failure(.badJSON, "\"metadata\" must be an object, it is \(value.typeName.shortened)")
    }
  }

  private func id(_ value: MetadataValue?, field: String) throws(SourceError) -> DocumentID? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)? where text.exact == nil && !text.string.isEmpty: return DocumentID(text.string)
    case .int(let number)?: return DocumentID(String(number))
    case .foreign(let value)? where value.kind == "int": return DocumentID(value.summary)
    case let value?:
      throw failure(.badID, "\"\(field)\" must be text or an integer, it is \(value.json.shortened)")
    }
  }

  private func vector(_ value: MetadataValue?, field: String) throws(SourceError) -> [Float]? {
    guard let value, value != .null else { return nil }
    guard case .list(let elements) = value, !elements.isEmpty else {
      throw failure(.badVector, "\"\(field)\" must be a list of numbers, it is \(value.typeName.shortened)")
    }
    var vector: [Float] = []
    vector.reserveCapacity(elements.count)
    for (place, element) in elements.enumerated() {
      let number: Float? =
        switch element {
        case .float(let number): Float(number)
        case .int(let number): Float(number)
        default: nil
        }
      guard let number, number.isFinite else {
        throw failure(
          .badVector,
          "element \(place) of \"\(field)\" must be a finite number, it is \(element.json.shortened)")
      }
      vector.append(number)
    }
    return vector
  }

  private func failure(_ code: SourceError.Code, _ message: String) -> SourceError {
    SourceError(code, message, file: origin.file, line: origin.line)
  }
}
