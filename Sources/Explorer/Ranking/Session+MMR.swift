import VectorStore

/// How MMR came to its answer: what it chose from, and why each was chosen or not.
public struct MMRExplanation: Sendable, Hashable {
  /// The candidates by similarity, ranks from 1.
  public var candidates: [Hit]
  /// About them, in the same order.
  public var choice: MMRChoice
  public var metric: Metric
  public var notices: [String]

  public init(candidates: [Hit], choice: MMRChoice, metric: Metric, notices: [String] = []) {
    self.candidates = candidates
    self.choice = choice
    self.metric = metric
    self.notices = notices
  }

  /// Why a candidate was chosen, or was not, as sentences without a subject.
  ///
  /// `lambda` is the one that it was chosen with; `number` writes a similarity.
  public func reason(for index: Int, lambda: Double, _ number: (Double) -> String) -> String {
    let candidate = choice.candidates[index]
    let relevance = number(Double(candidate.relevance))
    guard let redundancy = candidate.redundancy else {
      return "chosen first: the most similar to the query, \(relevance)"
    }
    let other = candidates[choice.picked[redundancy.pick]].document.id.short
    let sum =
      "relevance \(relevance) × \(number(lambda)) − redundancy \(number(Double(redundancy.cosine))) × "
      + "\(number(1 - lambda)) = \(number(Double(candidate.value)))"
    let fate = candidate.place.map { "chosen as number \($0 + 1)" } ?? "not chosen"
    return "\(fate): \(sum); most like \(other), number \(redundancy.pick + 1)"
  }
}

extension Session {
  /// What a search by MMR chooses from, and why it chooses what ``search(_:)`` answers, thresholds aside.
  ///
  /// Throws as that does.
  public func explainMMR(_ request: SearchRequest) async throws -> MMRExplanation {
    do {
      try Self.check(request)
      let snapshot = await store.snapshot
      var notices: [String] = []
      let query = try await queryVector(of: request, in: snapshot.version, &notices)
      try Task.checkCancellation()
      let (candidates, choice) = try await diversify(query, request, snapshot)
      let hits = candidates.enumerated().map {
        Hit(
          rank: $0.offset + 1, row: $0.element.row, score: $0.element.score,
          document: snapshot.version.document(atRow: $0.element.row))
      }
      return MMRExplanation(
        candidates: hits, choice: choice, metric: snapshot.version.metric, notices: notices)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }
}
