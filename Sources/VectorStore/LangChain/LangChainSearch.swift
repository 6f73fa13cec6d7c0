/// How LangChain's `FAISS` class searches, so that people see what their application gets.
///
/// Follows `similarity_search_with_score_by_vector` and
/// `max_marginal_relevance_search_with_score_by_vector`: the filter comes after the fetch, and the
/// threshold after the filter. Two of its answers are not copied: MMR under a filter reports here
/// the scores of the rows it picked, and rows keep their ids after deletes.
public struct LangChainSearch: Sendable {
  public var k: Int
  public var fetchK: Int
  public var filter: Filter?
  public var scoreThreshold: Float?
  /// True: its errors too, such as a TypeError where a fetched document lacks the key.
  ///
  /// False: no match instead.
  public var isStrict: Bool

  /// How thoroughly an approximate index looks; nil: as it is set.
  public var effort: SearchEffort?

  /// What `load_local` was told; without it takes every store for a Euclidean one.
  public var strategy: DistanceStrategy

  public init(
    k: Int = 4, fetchK: Int = 20, filter: Filter? = nil, scoreThreshold: Float? = nil, isStrict: Bool = true,
    strategy: DistanceStrategy = .euclideanDistance
  ) {
    self.strategy = strategy
    self.k = k
    self.fetchK = fetchK
    self.filter = filter
    self.scoreThreshold = scoreThreshold
    self.isStrict = isStrict
  }

  /// Similarity search.
  ///
  /// Throws `.invalidArgument` where LangChain's assertion fails (nothing to fetch), ``FilterError`` where
  /// its filter raises, and what ``StoreVersion/search(_:k:mask:ties:)`` throws.
  public func nearest(to query: [Float], in version: StoreVersion) async throws -> [ScoredRow] {
    let fetched = try await fetch(filter == nil ? k : fetchK, query, version)
    let kept = fetched.filter { keeps($0.score, of: version.metric) }
    // A Python slice: a negative end counts from the back.
    return Array(k >= 0 ? kept.prefix(k) : kept.dropLast(-k))
  }

  /// Whether the threshold lets a score through; under `isStrict` as the strategy has it, whatever the index.
  public func keeps(_ score: Float, of metric: Metric) -> Bool {
    guard let scoreThreshold else { return true }
    return (isStrict ? strategy.keepsLarger : metric.largerIsNearer)
      ? score >= scoreThreshold : score <= scoreThreshold
  }

  /// Maximal marginal relevance over the rows fetched, in the order picked, with their true scores.
  public func diverse(to query: [Float], lambda: Double, in version: StoreVersion) async throws
    -> [ScoredRow]
  {
    let (candidates, choice) = try await choice(for: query, lambda: lambda, in: version)
    return choice.picked.map { candidates[$0] }
  }

  /// The same with all candidates, nearest first, and why each was chosen or not.
  public func choice(
    for query: [Float], lambda: Double, in version: StoreVersion
  ) async throws -> (candidates: [ScoredRow], choice: MMRChoice) {
    let fetched = try await fetch(filter == nil ? fetchK : Self.doubled(fetchK), query, version)
    let vectors = try fetched.map {
      isStrict ? try reconstruct($0.row, version) : try version.vector(atRow: $0.row)
    }
    return (fetched, MMRChoice(query: query, candidates: vectors, lambda: lambda, k: k))
  }

  /// What MMR fetches under a filter; as many as there can be where twice the number is too much.
  package static func doubled(_ fetchK: Int) -> Int {
    let (twice, overflow) = fetchK.multipliedReportingOverflow(by: 2)
    return overflow ? fetchK : twice
  }

  /// What LangChain calls for each candidate; some index types refuse.
  private func reconstruct(_ row: Int, _ version: StoreVersion) throws(VectorStoreError) -> [Float] {
    let place = version.place(ofRow: row)
    let vectors = version.parts[place.part].segment.vectors
    guard let indexed = vectors.indexed else { return try vectors.row(place.position) }
    return try indexed.reconstruct(position: place.position)
  }

  private func fetch(_ count: Int, _ query: [Float], _ version: StoreVersion) async throws -> [ScoredRow] {
    guard count > 0 else {
      if isStrict { throw LangChainError("AssertionError", "") }
      throw VectorStoreError(
        .invalidArgument,
        "LangChain asks faiss for \(count) rows, which must be at least 1; raise "
          + (filter == nil ? "k" : "fetch_k"))
    }
    let fetched = try await version.search(query, k: count, ties: .faiss, effort: effort)
    guard let filter else { return fetched }
    return try fetched.filter {
      let metadata = version.document(atRow: $0.row).metadata
      return isStrict ? try filter.matchesAsLangChain(metadata) : filter.matches(metadata)
    }
  }
}

extension StoreVersion {
  /// MMR over rows that a search found, the candidates in their order.
  public func diversified(_ found: [ScoredRow], query: [Float], lambda: Double, k: Int)
    throws(VectorStoreError) -> MMRChoice
  {
    var candidates: [[Float]] = []
    for entry in found { candidates.append(try vector(atRow: entry.row)) }
    return MMRChoice(query: query, candidates: candidates, lambda: lambda, k: k)
  }
}
