import ArgumentParser
import Explorer
import Foundation
import VectorStore

struct Search: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rank documents by a text, a vector, or likeness to a document.",
    discussion:
      "A filter ranks exactly the rows that match. With --fetch-k it comes after the fetch, as in LangChain.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "The question.") var query: String?
  @OptionGroup var asked: QueryOptions
  @OptionGroup var ranking: RankingOptions
  @OptionGroup var embedding: EmbedderOption
  @Option(
    help: ArgumentHelp(
      "Print LangChain's relevance of each score too, by its distance strategy: "
        + DistanceStrategy.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", "),
      valueName: "strategy"))
  var relevance: DistanceStrategy?

  func validate() throws {
    guard asked.ways(query) == 1 else {
      throw ValidationError("give one of: a query text, --vector, --like")
    }
  }

  func run() async throws {
    try await answering {
      _ = try ranking.filter.parsed()
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      guard let query = try await asked.query(query, in: session) else { return }
      var request = try ranking.request(query)
      request.relevance = relevance
      let result = try await session.search(request)
      result.notices.forEach(Output.warn)
      if store.json { return try Output.json(Report.object(result, for: request)) }
      if let application = result.application, application.returned < application.wanted {
        Output.warn(application.description)
      }
      try Output.table(
        result.hits.map { hit in
          ["\(hit.rank)", "\(hit.score)"] + (hit.relevance.map { ["\($0)"] } ?? [])
            + ["\(hit.row)", hit.document.id.text, hit.document.content.string]
        }, numbers: relevance == nil ? [0, 1, 2] : [0, 1, 2, 3])
    }
  }
}
