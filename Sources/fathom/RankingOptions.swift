import ArgumentParser
import Explorer
import VectorStore

/// How a search ranks and what it drops.
struct RankingOptions: ParsableArguments {
  @Option(name: .short, parsing: .unconditional, help: "How many hits.") var k = 4
  @OptionGroup var filter: FilterOption
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
    parsing: .unconditional,
    help: "Under a filter: say what an application gets that fetches this many rows and filters then.")
  var compareFetchK = 20
  @Option(help: "How many inverted lists an IVF index visits, instead of what it is set to.")
  var nprobe: Int?
  @Option(help: "How many candidates an HNSW graph keeps, instead of what it is set to.")
  var efSearch: Int?
  @Flag(help: "Answer as LangChain would: filter after fetch, its errors, its order of ties.") var langchain =
    false

  func validate() throws {
    guard nprobe == nil || efSearch == nil else {
      throw ValidationError("an index has nprobe or efSearch, not both")
    }
  }

  /// Throws `.usage` where the filter cannot be read.
  func request(_ query: SearchRequest.Query) throws -> SearchRequest {
    var request = SearchRequest(
      query: query, k: k, filter: try filter.parsed(), fetchK: fetchK,
      mmr: mmr ? SearchRequest.MMROptions(lambda: lambda, fetchK: fetchK ?? 20) : nil,
      scoreThreshold: scoreThreshold, langchain: langchain)
    request.comparedFetchK = compareFetchK
    request.effort = nprobe.map { .nprobe($0) } ?? efSearch.map { .efSearch($0) }
    return request
  }
}
