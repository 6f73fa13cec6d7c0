import ArgumentParser
import Explorer
import VectorStore

struct Delete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Delete documents by id, by filter, or by their nearness to a query, and save.",
    discussion: """
      All or nothing: an id that is not there changes nothing. With --query, --vector or --like those go whose score \
      is not worse than --score-threshold; a filter narrows them. The files of before are kept as .bak.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "Docstore ids.") var ids: [String] = []
  @OptionGroup var filter: FilterOption
  @Option(help: "Delete what is near to this text.") var query: String?
  @OptionGroup var asked: QueryOptions
  @Option(name: .long, parsing: .unconditional, help: "How near: the worst score that is deleted.")
  var scoreThreshold: Float?
  @OptionGroup var embedding: EmbedderOption
  @Flag(help: "Take ids as LangChain's delete does, its errors included.") var langchain = false
  @Flag(help: "Say what would be deleted and write nothing.") var dryRun = false

  func validate() throws {
    let asks = asked.ways(query)
    guard asks <= 1 else { throw ValidationError("give one of --query, --vector and --like") }
    guard (asks == 1) == (scoreThreshold != nil) else {
      throw ValidationError("--score-threshold says how near to --query, --vector or --like")
    }
    guard !langchain || asks == 0 && filter.filter == nil else {
      throw ValidationError("LangChain's delete takes ids only")
    }
    guard langchain || ids.isEmpty != (filter.filter == nil && asks == 0) else {
      throw ValidationError("give ids, or --filter, or a query with --score-threshold")
    }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let session = try await store.open(
        for: dryRun ? .reading : .writing, embedder: embedding.chosen())
      let before = await session.summary().count
      let query = try await asked.query(query, in: session)
      var chosen =
        if let query, let scoreThreshold {
          try await session.ids(near: query, within: scoreThreshold, filter: filter)
        } else if let filter { try await session.ids(matching: filter) } else {
          try await langchain ? ids.map { DocumentID($0) } : session.ids(written: ids)
        }
      var seen: Set<DocumentID> = []
      if !langchain { chosen.removeAll { !seen.insert($0).inserted } }
      if chosen.isEmpty, !langchain { Output.warn("no document matches; nothing was changed") }
      let after =
        langchain
        ? try await session.deleteAsLangChain(chosen).count
        : chosen.isEmpty ? before : try await session.delete(chosen).count
      var report = EditReport(path: store.path, isDryRun: dryRun, before: before, after: after)
      report.deleted = chosen
      if !dryRun, !chosen.isEmpty { report.backup = try await session.saveOnLine().backup }
      if store.json { return try Output.json(Report.object(report)) }
      let verb = dryRun ? "would delete" : "deleted"
      for id in chosen { try Output.line("\(verb) \(id.text)") }
      try Output.line("\(before) → \(after) documents" + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
