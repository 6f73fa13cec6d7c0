import Diagnosis
import VectorStore

/// Where some documents stand for one query.
public struct WhereaboutsReport: Sendable, Hashable {
  public var found: [Whereabouts]
  public var metric: Metric
  /// What a person should know to read it, as in ``SearchResult/notices``.
  public var notices: [String]

  public init(found: [Whereabouts], metric: Metric, notices: [String] = []) {
    self.found = found
    self.metric = metric
    self.notices = notices
  }
}

extension Session {
  /// What becomes of documents in a search: every row of these ids, in their order.
  ///
  /// Throws as ``search(_:)`` does, and `.noInput` for an id that is not there.
  public func whereabouts(
    of ids: [DocumentID], for request: SearchRequest
  ) async throws -> WhereaboutsReport {
    do {
      try Self.check(request)
      let snapshot = await store.snapshot
      let version = snapshot.version
      let rows = try ids.flatMap { id in
        let places = version.places(of: id)
        guard !places.isEmpty else { throw Self.unknownID(id.text, in: version) }
        return places.map { version.row(of: $0) }
      }
      var notices: [String] = []
      let query = try await queryVector(of: request, in: version, &notices)
      try Task.checkCancellation()
      let found = try await version.whereabouts(
        of: rows, for: query, in: try await course(of: request, snapshot))
      return WhereaboutsReport(found: found, metric: version.metric, notices: notices)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The same search as stages that a document passes or does not.
  func course(of request: SearchRequest, _ snapshot: VectorStore.Snapshot) async throws -> SearchCourse {
    var course = SearchCourse(
      order: request.langchain ? .langChain : request.fetchesFirst ? .fetchFirst : .filterFirst, k: request.k,
      fetchK: request.fetchK ?? request.mmr?.fetchK ?? request.comparedFetchK ?? 20,
      usesMMR: request.mmr != nil, lambda: request.mmr?.lambda ?? 0.5, filter: request.filter,
      scoreThreshold: request.scoreThreshold)
    course.effort = request.effort
    // Applications that fetch first leave nothing out beforehand; ranks under the filter are told all the same.
    course.mask = try await rankedRows(of: request, snapshot).mask
    if case .like(let ids) = request.query { course.asked = ids }
    return course
  }
}
