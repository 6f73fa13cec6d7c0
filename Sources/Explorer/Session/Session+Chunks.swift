import Diagnosis
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
  public func chunk(
    _ step: Int, from id: DocumentID, filter: Filter?, order: RowOrder = .standard
  ) async throws -> PlacedRow? {
    do {
      let snapshot = await store.snapshot
      let version = snapshot.version
      guard let start = version.places(of: id).first.map({ version.row(of: $0) }) else { return nil }
      let chunks = try await Self.chunks(besideRow: start, in: version)
      guard let here = chunks.firstIndex(of: start), chunks.indices.contains(here + step) else { return nil }
      let row = chunks[here + step]
      return try await placed(row, filter: filter, order: order, snapshot)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// A row with its place in the list that a filter and an order leave.
  public func placed(_ row: Int, filter: Filter?, order: RowOrder) async throws -> PlacedRow? {
    do {
      let snapshot = await store.snapshot
      guard (0..<snapshot.version.count).contains(row) else { return nil }
      return try await placed(row, filter: filter, order: order, snapshot)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  private func placed(
    _ row: Int, filter: Filter?, order: RowOrder, _ snapshot: VectorStore.Snapshot
  ) async throws -> PlacedRow {
    var place: Int? = row
    if filter != nil || order != .standard {
      place = try await rows(filter: filter, order: order, snapshot).firstIndex(of: row)
    }
    return PlacedRow(row: Row(row: row, document: snapshot.version.document(atRow: row)), place: place)
  }

  /// The source that a document is a chunk of, put together from all of its chunks; nil for a document without
  /// `source`.
  public func source(of id: DocumentID) async throws -> SourceText? {
    do {
      let version = await store.current
      guard let place = version.places(of: id).first else { throw Self.unknownID(id.text, in: version) }
      let rows = try await Self.chunks(besideRow: version.row(of: place), in: version)
      guard !rows.isEmpty else { return nil }
      var text = SourceText()
      var page: MetadataValue?
      for row in rows {
        try Task.checkCancellation()
        let document = version.document(atRow: row)
        // Every page counts its characters anew.
        if document.metadata["page"] != page { text.startPage() }
        page = document.metadata["page"]
        var start: Int?
        if case .int(let number)? = document.metadata["start_index"] { start = number }
        text.append(document, row: row, start: start)
      }
      return text
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The rows of all chunks of a row's source, in the order of the source; none without `source`.
  private static func chunks(besideRow start: Int, in version: StoreVersion) async throws -> [Int] {
    guard let source = version.document(atRow: start).metadata["source"], source != .null else { return [] }
    let path = FieldPath(.string("source"))
    try await version.prepare(path)
    let mask = try version.mask(of: path) { $0 == source }
    return version.rows(in: mask, offset: 0, limit: mask.count).map { row in
      let metadata = version.document(atRow: row).metadata
      return (order: (number(metadata["page"]), number(metadata["start_index"]), row), row: row)
    }.sorted { $0.order < $1.order }.map(\.row)
  }

  private static func number(_ value: MetadataValue?) -> Double {
    switch value {
    case .int(let number)?: Double(number)
    case .float(let number)?: number
    default: 0
    }
  }
}
