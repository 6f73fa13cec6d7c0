import ArgumentParser
import Explorer

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Append documents from files to a store, and save.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var embedding: EmbedderOption
  @Flag(help: "Refuse what LangChain's add_texts refuses, in its words.") var langchain = false
  @Flag(help: "Say what would be added and write nothing.") var dryRun = false

  func run() async throws {
    try await answering {
      var request = try sources.request()
      request.langchain = langchain
      let session = try await store.open(for: dryRun ? .reading : .writing, embedder: embedding.chosen())
      let before = await session.summary().count
      let line = ProgressLine()
      defer { line.finish() }
      let report = try await session.add(request) { line.show($0) }
      var saved: SaveReport?
      if !dryRun, report.added > 0 { saved = try await session.saveOnLine() }
      line.finish()
      report.notes.forEach(Output.warn)
      if store.json {
        return try Output.json(
          Report.object(report, path: store.path, backup: saved?.backup, isDryRun: dryRun))
      }
      try Output.line(
        "\(dryRun ? "would add" : "added") \(report.added) documents: \(before) → \(before + report.added)"
          + (saved?.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
