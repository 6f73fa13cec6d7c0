import ArgumentParser
import Explorer
import Glibc
import VectorStore

extension ExportFormat: ExpressibleByArgument {}

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write documents, or the results of a search, as JSON Lines, CSV or a Markdown report.",
    discussion: """
      The format follows from the file's ending: .jsonl, which fathom build reads; .csv, a column for each metadata \
      key; .md, a report. The store is read in pieces, and the file is there whole or not at all. For a copy that \
      loses nothing, fathom copy.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The file to make; - is the standard output.") var file: String
  @OptionGroup var filter: FilterOption
  @Option(help: ArgumentHelp("Whatever the file's ending: \(ExportFormat.names).", valueName: "format"))
  var format: ExportFormat?
  @Flag(help: "The vectors too.") var vectors = false
  @Flag(help: "Take the place of a file that is there.") var force = false
  @Option(parsing: .unconditional, help: "Results for this text instead, with rank and score.") var query:
    String?
  @OptionGroup var asked: QueryOptions
  @Option(name: .short, parsing: .unconditional, help: "How many results.") var k: Int?
  @OptionGroup var embedding: EmbedderOption

  private var toOutput: Bool { file == "-" }

  func validate() throws {
    guard asked.ways(query) <= 1 else { throw ValidationError("give one of: --query, --vector, --like") }
    guard k == nil || asked.ways(query) == 1 else {
      throw ValidationError("-k counts results; give --query, --vector or --like")
    }
  }

  func run() async throws {
    try await answering {
      let format = try format ?? (toOutput ? .jsonLines : ExportFormat(path: file))
      if toOutput, format == .csv, isatty(STDOUT_FILENO) == 1 {
        throw ExplorerError(
          .usage, "CSV holds texts as they are, and they may steer a terminal; name a file, or take jsonl")
      }
      let filter = try filter.parsed()
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      let request = try await request(format, filter, session)
      let line = ProgressLine()
      defer { line.finish() }
      if toOutput {
        _ = try await session.export(request) { try Output.bytes($0) }
        return
      }
      let report = try await Self.naming(force: force) {
        try await session.export(request, to: file, replaces: force) { line.show($0) }
      }
      line.finish()
      if store.json { return try Output.json(Report.object(report)) }
      try Output.line(
        "exported \(report.documents) \(report.documents == 1 ? "document" : "documents") to \(report.path)")
    }
  }

  /// Says how a file that is there can be replaced.
  private static func naming<R>(force: Bool, _ body: () async throws -> R) async throws -> R {
    do { return try await body() } catch let error as ExplorerError where error.code == .exists {
      throw ExplorerError(.exists, "\(error.message); --force takes its place")
    }
  }

  private func request(
    _ format: ExportFormat, _ filter: Filter?, _ session: Session
  ) async throws -> ExportRequest {
    guard let query = try await asked.query(query, in: session) else {
      return ExportRequest(.documents(filter: filter, order: .standard), as: format, hasVectors: vectors)
    }
    let search = SearchRequest(query: query, k: k ?? 4, filter: filter)
    let result = try await session.search(search)
    result.notices.forEach(Output.warn)
    return ExportRequest(.results(result.hits), as: format, hasVectors: vectors, search: search)
  }
}
