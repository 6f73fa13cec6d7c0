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
  @Option(name: .short, parsing: .unconditional, help: "How many hits.") var k = 4
  @OptionGroup var filter: FilterOption
  @OptionGroup var embedding: EmbedderOption
  @Option(
    name: .long, parsing: .unconditional,
    help: "Fetch this many rows, then filter; with --mmr the candidates.")
  var fetchK: Int?
  @Flag(help: "Maximal marginal relevance: near to the query and unlike each other.") var mmr = false
  @Option(parsing: .unconditional, help: "MMR's balance: 1 only relevance, 0 only diversity.") var lambda =
    0.5
  @Option(name: .long, parsing: .unconditional, help: "Leave out hits with a worse score than this.")
  var scoreThreshold: Float?
  @Option(
    help: ArgumentHelp(
      "Print LangChain's relevance of each score too, by its distance strategy: "
        + DistanceStrategy.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", "),
      valueName: "strategy"))
  var relevance: DistanceStrategy?
  @Option(
    parsing: .unconditional,
    help: "Under a filter: say what an application gets that fetches this many rows and filters then.")
  var compareFetchK = 20
  @Flag(help: "Answer as LangChain would: filter after fetch, its errors, its order of ties.") var langchain =
    false

  func validate() throws {
    guard asked.ways(query) == 1 else {
      throw ValidationError("give one of: a query text, --vector, --like")
    }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      guard let query = try await asked.query(query, in: session) else { return }
      var request = SearchRequest(
        query: query, k: k, filter: filter, fetchK: fetchK,
        mmr: mmr ? SearchRequest.MMROptions(lambda: lambda, fetchK: fetchK ?? 20) : nil,
        scoreThreshold: scoreThreshold, langchain: langchain)
      request.relevance = relevance
      request.comparedFetchK = compareFetchK
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
