import VectorStore

/// A document and where it stands in the list that a filter leaves.
public struct PlacedRow: Sendable, Hashable {
  public var row: Row
  /// Counts from 0; nil when the filter hides it.
  public var place: Int?

  public init(row: Row, place: Int?) {
    self.row = row
    self.place = place
  }
}

extension Session {
  /// The chunk after (`step` 1) or before (-1) a document in the same source; nil at the source's ends, and for a
  /// document without `source`.
  ///
  /// Chunks follow each other by `page`, then `start_index`, then row, as splitters make them. Costs one look at
  /// every document's metadata the first time.
  public func chunk(_ step: Int, from id: DocumentID, filter: Filter?) async throws -> PlacedRow? {
    do {
      let snapshot = await store.snapshot
      let version = snapshot.version
      guard let start = version.places(of: id).first.map({ version.row(of: $0) }),
        let source = version.document(atRow: start).metadata["source"], source != .null
      else { return nil }
      var chunks: [(order: (Double, Double, Int), row: Int)] = []
      let path = FieldPath(.string("source"))
      try await version.prepare(path)
      let mask = try version.mask(of: path) { $0 == source }
      for row in version.rows(in: mask, offset: 0, limit: mask.count) {
        let document = version.document(atRow: row)
        let page = Self.number(document.metadata["page"])
        chunks.append(((page, Self.number(document.metadata["start_index"]), row), row))
      }
      chunks.sort { $0.order < $1.order }
      guard let here = chunks.firstIndex(where: { $0.row == start }), chunks.indices.contains(here + step)
      else { return nil }
      let row = chunks[here + step].row
      var place: Int? = row
      if let filter {
        let mask = try await self.mask(filter, snapshot)
        place = version.rows(in: mask, offset: 0, limit: mask.count).firstIndex(of: row)
      }
      return PlacedRow(row: Row(row: row, document: version.document(atRow: row)), place: place)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  private static func number(_ value: MetadataValue?) -> Double {
    switch value {
    case .int(let number)?: Double(number)
    case .float(let number)?: number
    default: 0
    }
  }
}
