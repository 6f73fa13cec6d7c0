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
  @Option(parsing: .unconditional, help: "A query vector: a JSON list, or @FILE that holds one.") var vector:
    String?
  @Option(parsing: .unconditionalSingleValue, help: "Documents like the one with this id.") var like:
    [String] = []
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
  @Flag(help: "Answer as LangChain would: filter after fetch, its errors, its order of ties.") var langchain =
    false

  func validate() throws {
    let ways = [query != nil, vector != nil, !like.isEmpty].count { $0 }
    guard ways == 1 else {
      throw ValidationError("give one of: a query text, --vector, --like")
    }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let vector = try vector.map(Self.parse)
      let session = try await store.open(for: .reading, embedder: embedding.chosen)
      let request = SearchRequest(
        query: try await asked(session, vector), k: k, filter: filter, fetchK: fetchK,
        mmr: mmr ? SearchRequest.MMROptions(lambda: lambda, fetchK: fetchK ?? 20) : nil,
        scoreThreshold: scoreThreshold, langchain: langchain)
      let result = try await session.search(request)
      result.notices.forEach(Output.warn)
      if store.json { return try Output.json(Report.object(result, for: request)) }
      try Output.table(
        result.hits.map {
          ["\($0.rank)", "\($0.score)", "\($0.row)", $0.document.id.text, $0.document.content.string]
        }, numbers: [0, 1, 2])
    }
  }

  private func asked(_ session: Session, _ vector: [Float]?) async throws -> SearchRequest.Query {
    if let vector { return .vector(vector) }
    if let query { return .text(query) }
    return .like(try await session.ids(written: like))
  }

  /// A JSON list of numbers, or the file that holds it.
  private static func parse(_ text: String) throws -> [Float] {
    var json = text
    if text.hasPrefix("@") {
      do { json = try String(contentsOfFile: String(text.dropFirst()), encoding: .utf8) } catch {
        throw ExplorerError(.noInput, "cannot read the vector file \(text.dropFirst())")
      }
    }
    do { return try QueryVector(json: json).numbers } catch {
      throw ExplorerError(error.code, "--vector: \(error.message)")
    }
  }
}
