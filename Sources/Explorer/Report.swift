import Foundation
import StoreFormats
import VectorStore

/// The JSON that scripts read: one value a verb, one line each, keys in a fixed order.
///
/// Metadata is plain JSON where that loses nothing and tagged (`{"$t": …}`) elsewhere; see ``MetadataValue/json``.
public enum Report {
  /// One line of `list --json`.
  public static func line(_ row: Row) -> String { value(row).json }

  /// One line of `model list --json`.
  public static func line(_ model: ModelInstaller.Model) -> String {
    MetadataValue.dictionary([
      "name": .string(Text(model.name.description)), "dimension": model.dimension.map { .int($0) } ?? .null,
      "title": .string(Text(model.title)), "ready": .bool(model.isReady),
      "folder": model.folder.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  /// The object of `show --json`; the vector only when asked for.
  public static func object(_ detail: DocumentDetail, withVector: Bool) -> String {
    var fields: Metadata = [
      "row": .int(detail.row.row), "id": .string(Text(detail.row.document.id.text)),
      "content": .string(detail.row.document.content), "metadata": .dictionary(detail.row.document.metadata),
      "dimension": .int(detail.dimension), "norm": number(detail.norm),
    ]
    if withVector { fields["vector"] = .list(detail.vector.map(number)) }
    return MetadataValue.dictionary(fields).json
  }

  /// The object of `search --json`.
  public static func object(_ result: SearchResult, for request: SearchRequest) -> String {
    let query: MetadataValue =
      switch request.query {
      case .text(let text): .string(Text(text))
      case .vector: "(vector)"
      case .like(let ids): .dictionary(["like": .list(ids.map { .string(Text($0.text)) })])
      }
    let hits = result.hits.map { hit in
      var fields: Metadata = [
        "rank": .int(hit.rank), "row": .int(hit.row), "id": .string(Text(hit.document.id.text)),
        "score": number(hit.score), "content": .string(hit.document.content),
        "metadata": .dictionary(hit.document.metadata),
      ]
      if let relevance = hit.relevance { fields["relevance"] = .float(relevance) }
      return MetadataValue.dictionary(fields)
    }
    let elapsed = result.embedMilliseconds + result.searchMilliseconds
    var fields: Metadata = [
      "query": query, "metric": .string(Text(result.metric.name)),
      "score": .string(Text(result.metric.scoreName)), "k": .int(request.k), "matched": .int(result.matched),
      "scanned": .int(result.scanned), "elapsed_ms": .float((elapsed * 1000).rounded() / 1000),
      "hits": .list(hits),
    ]
    if let application = result.application {
      fields["application"] = [
        "fetch_k": .int(application.fetchK), "returned": .int(application.returned),
        "needed": application.needed.map { .int($0) } ?? .null,
      ]
    }
    return MetadataValue.dictionary(fields).json
  }

  /// The object of `info --json`.
  public static func object(_ info: StoreInfo) -> String {
    let pickle: MetadataValue =
      info.pickle.map { pickle in
        [
          "protocol": .int(pickle.protocolVersion),
          "globals": value(pickle.globals), "writer": .string(Text(pickle.writer)),
        ]
      } ?? .null
    let problems = info.summary.problems.map { problem -> MetadataValue in
      [
        "code": .string(Text(problem.code)), "message": .string(Text(problem.message)),
        "rows": .list(problem.rows.map { .int($0) }),
      ]
    }
    let summary = info.summary
    return MetadataValue.dictionary([
      "path": .string(Text(summary.path)), "format": .string(Text(info.format)),
      "documents": .int(info.documents), "rows": .int(summary.count), "dimension": .int(summary.dimension),
      "metric": .string(Text(summary.metric.name)), "index_type": .string(Text(summary.indexType)),
      "index_class": .string(Text(info.index.className)),
      "parameters": .dictionary(
        Metadata(info.index.parameters.map { (.string(Text($0.name)), .string(Text($0.value))) })),
      "bytes": .dictionary(Metadata(info.sizes.map { (.string(Text($0.name)), .int($0.bytes)) })),
      "pickle": pickle, "embedder": summary.embedder.name.map { .string(Text($0)) } ?? .null,
      "problems": .list(problems),
    ]).json
  }

  /// The object of `info --json` for a store that cannot be opened.
  public static func object(_ refused: RefusedStore) -> String {
    MetadataValue.dictionary([
      "path": .string(Text(refused.path)), "error": .string(Text(refused.reason)),
      "pickle": ["globals": value(refused.globals)],
    ]).json
  }

  /// A line of `inspect --json`, for one opcode.
  public static func line(_ step: PickleInspection.Step) -> String {
    MetadataValue.dictionary([
      "offset": .int(step.offset), "opcode": .string(Text(step.opcode)),
      "argument": .string(Text(step.argument)),
    ]).json
  }

  /// The last line of `inspect --json`.
  public static func object(_ inspection: PickleInspection) -> String {
    let calls = inspection.calls.map { call -> MetadataValue in
      [
        "call": .string(Text(call.text)), "offset": .int(call.offset), "verdict": .string(Text(call.verdict)),
      ]
    }
    return MetadataValue.dictionary([
      "path": .string(Text(inspection.path)), "protocol": .int(inspection.protocolVersion),
      "globals": value(inspection.globals), "calls": .list(calls), "call_count": .int(inspection.callCount),
      "error": inspection.failure.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  /// What a mutating verb did, or with `isDryRun` would have done.
  public static func object(_ edit: EditReport) -> String {
    MetadataValue.dictionary([
      "path": .string(Text(edit.path)), "dry_run": .bool(edit.isDryRun), "before": .int(edit.before),
      "deleted": .list(edit.deleted.map { .string(Text($0.text)) }), "merged": .int(edit.merged),
      "edited": .int(edit.edited), "skipped": .int(edit.skipped), "rows": .int(edit.after),
      "backup": edit.backup.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  /// What `build` and `add` print.
  public static func object(
    _ report: AddReport, path: String, backup: String? = nil, isDryRun: Bool = false
  ) -> String {
    MetadataValue.dictionary([
      "path": .string(Text(path)), "dry_run": .bool(isDryRun), "added": .int(report.added),
      "files": .int(report.source.files), "skipped_blank": .int(report.source.skippedBlank),
      "skipped_bad": .int(report.source.skippedBad), "skipped_same": .int(report.skippedSame),
      "resumed": .int(report.resumed), "cut_off": .int(report.cutOff),
      "embedder": report.embedder.map { .string(Text($0)) } ?? .null,
      "notes": .list(report.notes.map { .string(Text($0)) }),
      "backup": backup.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  /// What `copy` wrote.
  public static func object(_ report: SaveReport) -> String {
    MetadataValue.dictionary([
      "path": .string(Text(report.path)), "rows": .int(report.documents), "bytes": .int(report.bytes),
      "backup": report.backup.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  /// What `export` wrote.
  public static func object(_ report: ExportReport) -> String {
    MetadataValue.dictionary([
      "path": .string(Text(report.path)), "rows": .int(report.documents), "bytes": .int(report.bytes),
    ]).json
  }

  /// What `recover` found and did.
  public static func object(
    _ edits: UnsavedReport, plan: ChangePlan?, saved: SaveReport?, isDiscarded: Bool
  ) -> String {
    let changes = (plan?.entries ?? []).map { entry -> MetadataValue in
      [
        "kind": .string(Text(entry.kind.rawValue)), "row": .int(entry.row),
        "id": .string(Text(entry.id.text)),
      ]
    }
    return MetadataValue.dictionary([
      "date": .string(Text(edits.date.formatted(.iso8601))),
      "edits": .list(edits.names.map { .string(Text($0)) }), "fits": .bool(edits.fits),
      "file": .string(Text(edits.file)), "changes": .list(changes), "applied": .bool(saved != nil),
      "discarded": .bool(isDiscarded), "rows": saved.map { .int($0.documents) } ?? .null,
      "backup": saved?.backup.map { .string(Text($0)) } ?? .null,
    ]).json
  }

  private static func value(_ row: Row) -> MetadataValue {
    [
      "row": .int(row.row), "id": .string(Text(row.document.id.text)),
      "content": .string(row.document.content),
      "metadata": .dictionary(row.document.metadata),
    ]
  }

  private static func value(_ globals: [PickleSummary.Global]) -> MetadataValue {
    .list(
      globals.map {
        ["name": .string(Text($0.name)), "offset": .int($0.offset), "verdict": .string(Text($0.verdict))]
      })
  }

  private static func number(_ value: Float) -> MetadataValue { .float(Double(value)) }
}

/// What `info` tells beyond the summary.
public struct StoreInfo: Sendable, Hashable {
  public var summary: StoreSummary
  public var format: String
  /// Documents in the docstore, those that no row shows included.
  public var documents: Int
  public var index: IndexSummary
  public var pickle: PickleSummary?
  public var sizes: [FileSize]
}

/// The outcome of `delete` and `merge` on the command line.
public struct EditReport: Sendable, Hashable {
  public var path: String
  public var isDryRun: Bool
  public var before: Int
  public var after: Int
  public var deleted: [DocumentID] = []
  public var merged = 0
  public var edited = 0
  public var skipped = 0
  public var backup: String?

  public init(path: String, isDryRun: Bool, before: Int, after: Int) {
    self.path = path
    self.isDryRun = isDryRun
    self.before = before
    self.after = after
  }
}

extension Session {
  public func info() async -> StoreInfo {
    let summary = await summary()
    let place = place.withLock { $0 }
    let rows = pickle == nil ? 0 : summary.count - leftovers.missing.count
    return StoreInfo(
      summary: summary, format: place.location.formatName, documents: rows + leftovers.orphans.count,
      index: index, pickle: pickle, sizes: place.sizes)
  }
}
