/// Changes of many rows at once, by the rows of the version that they are made for.
public struct RowChanges: Sendable, Hashable {
  /// Rows that go; whatever else is said of them does not count.
  public var deleted: Set<Int> = []
  /// What documents become; an id may be another one.
  public var documents: [Int: Document] = [:]
  /// What vectors become, `[dimension]` each.
  public var vectors: [Int: [Float]] = [:]

  public init() {}

  public var isEmpty: Bool { deleted.isEmpty && documents.isEmpty && vectors.isEmpty }
}

extension StoreVersion {
  /// The version in which all of `changes` are made; rows that stay keep their order.
  ///
  /// Throws `.duplicateID` for an id that another row has, `.dimension`, and `.unsupported` for a new id or vector
  /// where the index numbers rows by the order of adding.
  public func applying(_ changes: RowChanges) throws(VectorStoreError) -> StoreVersion {
    var edited: [Place: Document] = [:]
    var moved: [Int] = []
    for row in Set(changes.documents.keys).union(changes.vectors.keys).sorted()
    where !changes.deleted.contains(row) {
      let place = place(ofRow: row)
      let document = changes.documents[row]
      if changes.vectors[row] == nil, let document, document.id == parts[place.part].id(at: place.position) {
        edited[place] = document
      } else {
        moved.append(row)
      }
    }
    var version = edited.isEmpty ? self : replacing(edited)
    if !moved.isEmpty { version = try version.moving(moved, changes) }
    return version.removing(changes.deleted.sorted().map { version.place(ofRow: $0) })
  }

  /// With these rows in a segment of their own, each where it was.
  private func moving(_ rows: [Int], _ changes: RowChanges) throws(VectorStoreError) -> StoreVersion {
    guard parts[0].segment.vectors.faissIndex == nil else {
      throw VectorStoreError(
        .unsupported,
        "this index numbers its rows in the order of adding, so a row cannot get another id or vector in its place; "
          + "nothing was changed")
    }
    var documents: [Document] = []
    var values: [Float] = []
    for row in rows {
      let own = document(atRow: row)
      let document = changes.documents[row] ?? own
      guard document.id == own.id || !contains(document.id) else {
        throw VectorStoreError(
          .duplicateID, "the id \"\(document.id.text)\" is taken; nothing was changed")
      }
      let vector = if let new = changes.vectors[row] { new } else { try vector(atRow: row) }
      guard vector.count == dimension else {
        throw .dimension(expected: dimension, found: vector.count, what: "the new vector")
      }
      documents.append(document)
      values += vector
    }
    let segment = Segment(
      vectors: Vectors(values, dimension: dimension), documents: documents, origin: .added)
    let positions = Dictionary(uniqueKeysWithValues: zip(rows, 0...))
    return try applying(StorePatch(replacing: positions, with: segment, in: self))
  }
}
