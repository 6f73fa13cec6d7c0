/// What an application gets that fetches first and filters then, beside the exact answer.
public struct FetchOutcome: Sendable, Hashable {
  /// How many rows it fetches.
  public var fetchK: Int
  /// How many of the exact hits are among them.
  public var returned: Int
  /// The exact hits.
  public var wanted: Int
  /// The smallest number of rows to fetch that brings all of them; nil where the index itself never returns one,
  /// as an approximate one may.
  public var needed: Int?

  /// "your application with fetch_k 20 gets 1 of these 10; the smallest fetch_k that gets all is 417".
  public var description: String {
    let all =
      needed.map { "the smallest fetch_k that gets all is \($0)" } ?? "no fetch_k gets all from this index"
    return "your application with fetch_k \(fetchK) gets \(returned) of these \(wanted); \(all)"
  }
}

extension StoreVersion {
  /// Where the exact hits of a filtered search stand among all rows, as LangChain's fetch sees them.
  ///
  /// Costs a search or a few, O(count · log(needed)).
  public func fetchOutcome(of hits: [ScoredRow], for query: [Float], fetchK: Int) async throws -> FetchOutcome
  {
    var outcome = FetchOutcome(fetchK: fetchK, returned: 0, wanted: hits.count, needed: nil)
    let wanted = Set(hits.map(\.row))
    var count = max(fetchK, hits.count, 64)
    while true {
      let fetched = try await search(query, k: count, ties: .faiss)
      let ranks = fetched.indices.filter { wanted.contains(fetched[$0].row) }
      if ranks.count == wanted.count || fetched.count < count || count >= self.count {
        outcome.returned = ranks.count { $0 < fetchK }
        if ranks.count == wanted.count { outcome.needed = ranks.last.map { $0 + 1 } ?? 0 }
        return outcome
      }
      count = min(self.count, count * 16)
    }
  }
}
