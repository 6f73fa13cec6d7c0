import Embeddings
import VectorStore

extension Session {
  /// Answers a search: embeds a text query, then ranks.
  public func search(_ request: SearchRequest) async throws -> SearchResult {
    do {
      try Self.check(request)
      let clock = ContinuousClock()
      let start = clock.now
      let snapshot = await store.snapshot
      var notices: [String] = []
      let query = try await queryVector(of: request, in: snapshot.version, &notices)
      let embedded = clock.now
      try Task.checkCancellation()
      var (rows, matched, scanned) = try await rank(query, request, snapshot)
      var application: FetchOutcome?
      if let fetchK = request.comparedFetchK, request.filter != nil, request.mmr == nil,
        !request.langchain, request.fetchK == nil, !rows.isEmpty
      {
        application = try await snapshot.version.fetchOutcome(of: rows, for: query, fetchK: fetchK)
      }
      if let threshold = request.scoreThreshold, !request.langchain {
        let best = rows.first?.score
        rows.removeAll {
          snapshot.version.metric.largerIsNearer ? $0.score < threshold : $0.score > threshold
        }
        if rows.isEmpty, let best {
          notices.append("no hit is within the threshold \(threshold); the nearest has \(best)")
        }
      }
      var hits: [Hit] = []
      for found in rows {
        Task.giveWay()
        var hit = Hit(
          rank: hits.count + 1, row: found.row, score: found.score,
          document: snapshot.version.document(atRow: found.row))
        hit.relevance = try request.relevance?.relevance(of: found.score)
        if request.langchain, let relevance = hit.relevance, let threshold = request.scoreThreshold,
          relevance < Double(threshold)
        {
          continue
        }
        if request.hasMeasures, query.count == snapshot.version.dimension {
          hit.measures = (try? snapshot.version.vector(atRow: found.row)).map { Measures(query, $0) }
        }
        hits.append(hit)
      }
      var result = SearchResult(
        hits: hits, matched: matched, scanned: scanned, metric: snapshot.version.metric,
        embedMilliseconds: (embedded - start) / .milliseconds(1),
        searchMilliseconds: (clock.now - embedded) / .milliseconds(1), notices: notices)
      result.application = application
      return result
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// LangChain takes any number, and answers with an error of faiss or with nothing.
  static func check(_ request: SearchRequest) throws(ExplorerError) {
    guard !request.langchain else { return }
    guard request.k >= 1 else {
      throw ExplorerError(.usage, "k is \(request.k); it is the number of hits, 1 or more")
    }
    if let fetchK = request.fetchK ?? request.mmr?.fetchK, fetchK < 1 {
      throw ExplorerError(.usage, "fetch_k is \(fetchK); it is the number of rows to fetch, 1 or more")
    }
    if let lambda = request.mmr?.lambda, !(0...1).contains(lambda) {
      throw ExplorerError(
        .usage, "lambda is \(lambda); it lies between 0, only diversity, and 1, only relevance")
    }
  }

  /// The ids of all rows whose score is not worse than `threshold`, nearest first; those that `like` names stay out.
  public func ids(
    near query: SearchRequest.Query, within threshold: Float, filter: Filter?
  ) async throws -> [DocumentID] {
    let count = await store.current.count
    let found = try await search(
      SearchRequest(query: query, k: max(1, count), filter: filter, scoreThreshold: threshold)
    ).hits.map(\.document.id)
    var seen: Set<DocumentID> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// The vector that a request asks with, scaled as the stored ones are; what a person should know of it is noted.
  func queryVector(
    of request: SearchRequest, in version: StoreVersion, _ notices: inout [String]
  ) async throws -> [Float] {
    var query = try await vector(for: request.query, in: version, &notices)
    try scaleLikeStored(&query, request, version, &notices)
    return query
  }

  private func vector(
    for query: SearchRequest.Query, in version: StoreVersion, _ notices: inout [String]
  ) async throws -> [Float] {
    switch query {
    case .vector(let vector): return vector
    case .text(let text):
      let choice = try await embedderChoice()
      guard let embedder = choice.embedder else {
        throw ExplorerError(.embedderUnavailable, "text cannot be searched: \(choice.note)")
      }
      if let warning = choice.warning { notices.append(warning) }
      let vector = try await embedder.embed([text])
      guard vector.count == version.dimension else {
        throw ExplorerError(
          .embedderUnavailable,
          EmbedderAdvice.mismatch(of: embedder.name, vector.count, index: version.dimension))
      }
      remember(choice, dimension: version.dimension)
      return vector
    case .like(let ids):
      var mean = [Float](repeating: 0, count: version.dimension)
      for id in ids {
        guard let place = version.places(of: id).first else {
          throw Self.unknownID(id.text, in: version)
        }
        let vector = try version.vector(atRow: version.row(of: place))
        for (index, value) in vector.enumerated() { mean[index] += value / Float(ids.count) }
      }
      return mean
    }
  }

  /// A store whose vectors all have length 1 was made with unit-length queries in mind (`normalize_L2`, or a
  /// model that normalises).
  ///
  /// LangChain's MMR alone does not scale its query.
  private func scaleLikeStored(
    _ query: inout [Float], _ request: SearchRequest, _ version: StoreVersion, _ notices: inout [String]
  ) throws {
    guard version.metric == .squaredL2, query.count == version.dimension else { return }
    if request.langchain, request.mmr != nil { return }
    if case .like = request.query { return }
    let norm = query.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard norm > 0, norm.isFinite, abs(norm - 1) > 1e-4,
      (try? version.looksNormalized()) == true
    else { return }
    query = query.map { Float(Double($0) / norm) }
    notices.append("the vectors of this store have length 1, so the query was scaled to length 1")
  }

  private func rank(
    _ query: [Float], _ request: SearchRequest, _ snapshot: VectorStore.Snapshot
  ) async throws -> (rows: [ScoredRow], matched: Int, scanned: Int) {
    let version = snapshot.version
    if request.fetchesFirst {
      let search = Self.langChainSearch(request)
      let rows =
        if let mmr = request.mmr {
          try await search.diverse(to: query, lambda: mmr.lambda, in: version)
        } else {
          try await search.nearest(to: query, in: version)
        }
      return (rows, version.count, version.count)
    }
    let (mask, matched) = try await rankedRows(of: request, snapshot)
    let ranked = mask?.count ?? version.count
    guard request.mmr != nil else {
      let rows = try await version.search(query, k: request.k, mask: mask, effort: request.effort)
      return (rows, matched, ranked)
    }
    let (candidates, choice) = try await diversify(query, request, snapshot)
    return (choice.picked.map { candidates[$0] }, matched, ranked)
  }

  private static func langChainSearch(_ request: SearchRequest) -> LangChainSearch {
    var search = LangChainSearch(
      k: request.k, fetchK: request.fetchK ?? request.mmr?.fetchK ?? 20, filter: request.filter,
      scoreThreshold: request.relevance == nil ? request.scoreThreshold : nil, isStrict: request.langchain)
    search.effort = request.effort
    return search
  }

  /// What MMR chooses from, nearest first, and what it makes of it.
  func diversify(
    _ query: [Float], _ request: SearchRequest, _ snapshot: VectorStore.Snapshot
  ) async throws -> (candidates: [ScoredRow], choice: MMRChoice) {
    let mmr = request.mmr ?? SearchRequest.MMROptions()
    if request.langchain {
      return try await Self.langChainSearch(request)
        .choice(for: query, lambda: mmr.lambda, in: snapshot.version)
    }
    let candidates = try await snapshot.version.search(
      query, k: max(mmr.fetchK, request.k), mask: try await rankedRows(of: request, snapshot).mask,
      effort: request.effort)
    return (
      candidates,
      try snapshot.version.diversified(candidates, query: query, lambda: mmr.lambda, k: request.k)
    )
  }

  /// The rows that a request may rank, nil for all, and how many its filter lets through.
  func rankedRows(
    of request: SearchRequest, _ snapshot: VectorStore.Snapshot
  ) async throws -> (mask: RowMask?, matched: Int) {
    var mask: RowMask?
    if let filter = request.filter { mask = try await self.mask(filter, snapshot) }
    let matched = mask?.count ?? snapshot.version.count
    if case .like(let ids) = request.query { mask = snapshot.version.excluding(ids, from: mask) }
    return (mask, matched)
  }
}
