import ArgumentParser
import Diagnosis
import Explorer
import VectorStore

struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where documents stand for a query, and which stage of the search drops them.",
    discussion: """
      fathom why PATH ID… QUERY, or ID… with --vector or --like. For each document: its exact rank and score, how far \
      it is from the last that is returned, and what filter, fetch_k, threshold, MMR and an approximate index make of \
      it. What is not part of this search is said in brackets.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Docstore ids, then the question.", valueName: "id … query"))
  var words: [String]
  @OptionGroup var asked: QueryOptions
  @OptionGroup var ranking: RankingOptions
  @OptionGroup var embedding: EmbedderOption

  private var hasText: Bool { asked.ways(nil) == 0 }

  func validate() throws {
    guard asked.ways(nil) <= 1 else { throw ValidationError("give one of --vector and --like") }
    guard words.count >= (hasText ? 2 : 1) else {
      throw ValidationError("give at least one id, and then the question, --vector or --like")
    }
  }

  func run() async throws {
    try await answering {
      _ = try ranking.filter.parsed()
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      guard let query = try await asked.query(hasText ? words.last : nil, in: session) else { return }
      let ids = try await session.ids(written: hasText ? words.dropLast() : words)
      let report = try await session.whereabouts(of: ids, for: try ranking.request(query))
      report.notices.forEach(Output.warn)
      for (number, found) in report.found.enumerated() {
        if store.json {
          try Output.json(Report.line(found, report.metric))
        } else {
          if number > 0 { try Output.line() }
          try print(found, report.metric)
        }
      }
    }
  }

  private func print(_ found: Whereabouts, _ metric: Metric) throws {
    try Output.line("\(found.id.text)  row \(found.row)")
    try Output.line("  \(found.summary(metric.scoreName) { "\($0)" })")
    try Output.table(
      found.stages.map { stage in
        let outcome = stage.applies ? stage.outcome : "(\(stage.outcome))"
        return ["  \(stage.name)", outcome]
      }, numbers: [])
    try Output.line("  \(found.verdict)")
  }
}
