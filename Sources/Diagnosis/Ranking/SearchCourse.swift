import VectorStore

/// What one search does with rows, so that what becomes of a document can be followed through it.
public struct SearchCourse: Sendable {
  /// Which comes first.
  public enum Order: Sendable, Hashable {
    /// The filter: what matches is ranked exactly.
    case filterFirst
    /// The fetch: `fetch_k` rows are taken, then those that do not match are dropped.
    case fetchFirst
    /// The same to the letter as LangChain does it.
    case langChain
  }

  public var order: Order
  public var k: Int
  /// The rows that MMR, and an application that filters after the fetch, start from.
  public var fetchK: Int
  public var usesMMR: Bool
  /// MMR's weight of relevance.
  public var lambda: Double
  public var filter: Filter?
  /// The rows that the filter lets through, those that are asked about left out; nil: all.
  public var mask: RowMask?
  /// Documents that the search is like: they are left out of its answer.
  public var asked: [DocumentID] = []
  /// The worst score that is returned.
  public var scoreThreshold: Float?
  public var effort: SearchEffort?

  public init(
    order: Order = .filterFirst, k: Int = 4, fetchK: Int = 20, usesMMR: Bool = false, lambda: Double = 0.5,
    filter: Filter? = nil, mask: RowMask? = nil, scoreThreshold: Float? = nil
  ) {
    self.order = order
    self.k = k
    self.fetchK = fetchK
    self.usesMMR = usesMMR
    self.lambda = lambda
    self.filter = filter
    self.mask = mask
    self.scoreThreshold = scoreThreshold
  }

  var fetchesFirst: Bool { order != .filterFirst }

  /// How many rows the search takes before it drops any.
  var fetched: Int {
    switch (fetchesFirst, usesMMR) {
    case (true, true): filter == nil ? fetchK : LangChainSearch.doubled(fetchK)
    case (true, false): filter == nil ? k : fetchK
    case (false, true): max(fetchK, k)
    case (false, false): k
    }
  }

  /// The `fetch_k`, or without a filter the `k`, that takes the row of a rank.
  func fetchK(taking rank: Int) -> Int { usesMMR && filter != nil ? (rank + 1) / 2 : rank }

  /// What `rank` has to be raised for: LangChain takes k rows where there is no filter.
  var fetchName: String { filter == nil && !usesMMR ? "k" : "fetch_k" }

  func keeps(_ score: Float, of metric: Metric) -> Bool {
    // LangChain's MMR knows no threshold.
    if order == .langChain, usesMMR { return true }
    return LangChainSearch(scoreThreshold: scoreThreshold, isStrict: order == .langChain)
      .keeps(score, of: metric)
  }
}
