import Foundation
import StoreFormats
import VectorStore

extension Session {
  /// Rows between two looks at whether the export was cancelled.
  private static let exportBlock = 256

  /// Writes documents or results into the file `path`.
  ///
  /// The store is exported as it is now, whatever is edited meanwhile. The file is there whole or not at all.
  /// Throws ``ExplorerError`` `.exists` when there is a file and it is not `replaces`, `.cannotWrite` when it cannot
  /// be written; and `CancellationError`.
  public func export(
    _ request: ExportRequest, to path: String, replaces: Bool = false,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> ExportReport {
    do {
      let file = try ExportFile(path, replaces: replaces)
      var count = 0
      let bytes = try await file.write { sink in
        count = try await export(request, progress: progress) { try sink.append($0) }
      }
      return ExportReport(path: path, documents: count, bytes: bytes)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The same, a piece after the other, to whoever takes the bytes; returns how many documents there were.
  public func export(
    _ request: ExportRequest, progress: @escaping @Sendable (Progress) -> Void = { _ in },
    write: ([UInt8]) throws -> Void
  ) async throws -> Int {
    do {
      if request.hasVectors, request.format == .markdown {
        throw ExplorerError(.usage, "a report has no place for vectors; export .jsonl or .csv")
      }
      let snapshot = await store.snapshot
      let rows = try await exportedRows(request, snapshot)
      var form = exportForm(request, count: rows.count)
      try write(Array(form.head().utf8))
      if form.needsSurvey {
        try go(through: rows, "looking at documents", progress) { row in
          let text = form.survey(try row(false))
          if !text.isEmpty { try write(Array(text.utf8)) }
        }
      }
      try write(Array(form.body().utf8))
      try go(through: rows, "exporting", progress) { row in
        try write(Array(form.text(of: try row(request.hasVectors)).utf8))
      }
      return rows.count
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The rows to export, to be read one by one.
  private struct ExportedRows {
    var version: StoreVersion
    var rows: [Int]
    /// For results, one for each row.
    var hits: [Hit] = []

    var count: Int { hits.isEmpty ? rows.count : hits.count }

    /// The row at a place; a result as it was when it was found.
    func row(at place: Int, withVector: Bool) throws -> ExportRow {
      var found: ExportRow
      if hits.isEmpty {
        found = ExportRow(row: rows[place], document: version.document(atRow: rows[place]))
        if withVector { found.vector = try version.vector(atRow: rows[place]) }
        return found
      }
      let hit = hits[place]
      found = ExportRow(row: hit.row, document: hit.document, rank: hit.rank, score: hit.score)
      if withVector, let here = version.places(of: hit.document.id).first {
        found.vector = try version.vector(atRow: version.row(of: here))
      }
      return found
    }
  }

  private func exportedRows(
    _ request: ExportRequest, _ snapshot: VectorStore.Snapshot
  ) async throws -> ExportedRows {
    let version = snapshot.version
    switch request.subject {
    case .results(let hits): return ExportedRows(version: version, rows: [], hits: hits)
    case .ids(let ids):
      let rows = ids.flatMap { id in version.places(of: id).map { version.row(of: $0) } }
      return ExportedRows(version: version, rows: Set(rows).sorted())
    case .documents(let filter, let order):
      return ExportedRows(version: version, rows: try await self.rows(filter: filter, order: order, snapshot))
    }
  }

  private func exportForm(_ request: ExportRequest, count: Int) -> any ExportForm {
    let isRanked = if case .results = request.subject { true } else { false }
    switch request.format {
    case .jsonLines: return JSONLinesExport()
    case .csv: return CSVExport(isRanked: isRanked, hasVectors: request.hasVectors)
    case .markdown:
      let path = place.withLock { $0.location.path }
      let name = (path as NSString).lastPathComponent
      return MarkdownExport(
        title: isRanked ? "Results from \(name)" : "Documents of \(name)",
        facts: exportFacts(request, path: path, count: count), isRanked: isRanked)
    }
  }

  private func exportFacts(_ request: ExportRequest, path: String, count: Int) -> [String] {
    var facts = ["store: \(MarkdownExport.code(path)), \(index.typeName)"]
    var filter = request.search?.filter
    if case .documents(let own, let order) = request.subject {
      filter = own
      if order != .standard { facts.append("sorted by: \(MarkdownExport.code(order.description))") }
    }
    if let search = request.search {
      switch search.query {
      case .text(let text): facts.append("query: \(MarkdownExport.code(text))")
      case .vector(let vector): facts.append("query: a vector of \(vector.count) numbers")
      case .like(let ids):
        facts.append("query: like \(ids.map { MarkdownExport.code($0.text) }.joined(separator: ", "))")
      }
      var way = "k \(search.k)"
      if let mmr = search.mmr { way += ", MMR with lambda \(mmr.lambda) and fetch_k \(mmr.fetchK)" }
      if search.mmr == nil, let fetchK = search.fetchK { way += ", filtered after fetch_k \(fetchK)" }
      if let threshold = search.scoreThreshold { way += ", threshold \(threshold)" }
      facts.append("search: \(way)")
    }
    if let filter { facts.append("filter: \(MarkdownExport.code(filter.description))") }
    return facts + ["\(count) \(count == 1 ? "document" : "documents")"]
  }

  /// Reads row after row; says how many are done, and stops when the task was cancelled.
  private func go(
    through rows: ExportedRows, _ note: String, _ progress: @Sendable (Progress) -> Void,
    _ body: ((Bool) throws -> ExportRow) throws -> Void
  ) throws {
    for place in 0..<rows.count {
      if place % Self.exportBlock == 0 {
        try Task.checkCancellation()
        progress(Progress(completed: place, total: rows.count, note: note))
      }
      try body { try rows.row(at: place, withVector: $0) }
    }
    progress(Progress(completed: rows.count, total: rows.count, note: note))
  }
}
