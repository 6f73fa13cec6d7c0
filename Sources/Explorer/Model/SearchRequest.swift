import VectorStore

/// Everything a search needs; the command line and the screen build the same one.
public struct SearchRequest: Sendable, Hashable {
  public enum Query: Sendable, Hashable {
    /// Text, embedded by the session's embedder.
    case text(String)
    /// A vector of the store's dimension.
    case vector([Float])
    /// Documents of the store; their mean vector is the query, and they are left out of the answer.
    case like([DocumentID])

    /// Whether an embedder must make a vector of it.
    public var isText: Bool { if case .text = self { true } else { false } }

    /// What people write into a query line: a list of numbers is a vector, all else is text.
    public init(written text: String) {
      if text.hasPrefix("["), let vector = try? QueryVector(json: text) {
        self = .vector(vector.numbers)
      } else {
        self = .text(text)
      }
    }
  }

  public struct MMROptions: Sendable, Hashable {
    /// 1: only relevance; 0: only diversity.
    public var lambda: Double
    /// How many of the nearest rows are candidates.
    public var fetchK: Int

    public init(lambda: Double = 0.5, fetchK: Int = 20) {
      self.lambda = lambda
      self.fetchK = fetchK
    }
  }

  public var query: Query
  public var k: Int
  public var filter: Filter?
  /// Nil: rank exactly the rows that match.
  ///
  /// A number: fetch that many, then filter, as LangChain does.
  public var fetchK: Int?
  /// Nil: by similarity.
  public var mmr: MMROptions?
  /// The farthest score to return.
  public var scoreThreshold: Float?
  /// Nil: scores only.
  ///
  /// A strategy: LangChain's relevance of each score too; under `langchain` the threshold is about that.
  public var relevance: DistanceStrategy?
  /// Says of each hit how near it is in every way, and not only in the index's.
  public var hasMeasures = false
  /// What `fetch_k` an application uses that the exact answer under a filter is compared with; nil: not compared.
  public var comparedFetchK: Int?
  /// How thoroughly an approximate index looks; nil: as it is set.
  public var effort: SearchEffort?
  /// Answer as LangChain would, errors and tie order included.
  public var langchain: Bool

  public init(
    query: Query, k: Int = 4, filter: Filter? = nil, fetchK: Int? = nil, mmr: MMROptions? = nil,
    scoreThreshold: Float? = nil, langchain: Bool = false
  ) {
    self.query = query
    self.k = k
    self.filter = filter
    self.fetchK = fetchK
    self.mmr = mmr
    self.scoreThreshold = scoreThreshold
    self.langchain = langchain
  }

  /// Whether rows are fetched before the filter drops some of them.
  var fetchesFirst: Bool { langchain || (fetchK != nil && mmr == nil) }
}

/// A row that a search found.
public struct Hit: Sendable, Hashable {
  /// Counts from 1.
  public var rank: Int
  public var row: Int
  /// What the index reports: squared L2 distance, inner product.
  public var score: Float
  public var document: Document
  /// LangChain's relevance of the score, where it was asked for.
  public var relevance: Double?
  /// Where they were asked for, and the index gives its vectors back.
  public var measures: Measures?

  public init(rank: Int, row: Int, score: Float, document: Document) {
    self.rank = rank
    self.row = row
    self.score = score
    self.document = document
  }
}

/// The answer to a search: hits, best first, and what it took.
public struct SearchResult: Sendable, Hashable {
  public var hits: [Hit]
  /// Rows that pass the filter; all rows without one.
  public var matched: Int
  /// Vectors that were ranked.
  public var scanned: Int
  public var metric: Metric
  public var embedMilliseconds: Double
  public var searchMilliseconds: Double
  /// What an application gets that filters after it fetched; under a filter, when asked for.
  public var application: FetchOutcome?
  /// What a person should know to read the answer: a query scaled to unit length, a lexical embedder.
  public var notices: [String]

  public init(
    hits: [Hit], matched: Int, scanned: Int, metric: Metric, embedMilliseconds: Double = 0,
    searchMilliseconds: Double = 0, notices: [String] = []
  ) {
    self.hits = hits
    self.matched = matched
    self.scanned = scanned
    self.metric = metric
    self.embedMilliseconds = embedMilliseconds
    self.searchMilliseconds = searchMilliseconds
    self.notices = notices
  }
}
