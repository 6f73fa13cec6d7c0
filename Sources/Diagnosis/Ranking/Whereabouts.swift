import VectorStore

/// Where a document stands for a query, and which stage of the search drops it.
public struct Whereabouts: Sendable, Hashable {
  /// What a search does with a document; the raw value is what JSON calls it.
  public enum StageKind: String, Sendable, Hashable {
    case filter
    /// An approximate index did not come across it.
    case index
    case fetch = "fetch_k"
    case threshold
    case mmr
    /// Others are nearer.
    case rank
  }

  /// One stage and what becomes of the document there.
  public struct Stage: Sendable, Hashable {
    public var kind: StageKind
    /// The stage with its settings: "MMR, lambda 0.5".
    public var name: String
    /// False for what this search does not do, and another one might: it is told all the same.
    public var applies: Bool
    public var passes: Bool
    /// A plain sentence without its subject, which is the document.
    public var outcome: String
    /// The smallest setting with which it passes: `fetch_k`, `k`, `nprobe` or `efSearch`; nil where none is known.
    public var needed: Int?

    public init(
      _ kind: StageKind, _ name: String, applies: Bool = true, passes: Bool, _ outcome: String,
      needed: Int? = nil
    ) {
      self.kind = kind
      self.name = name
      self.applies = applies
      self.passes = passes
      self.outcome = outcome
      self.needed = needed
    }
  }

  public var row: Int
  public var id: DocumentID
  /// What the exact scan reports; NaN where the metric gives no number.
  public var score: Float
  /// Among all rows, exact, counted from 1; nil where the score is no number.
  public var rank: Int?
  public var count: Int
  /// Among the rows that the filter lets through; nil when it is not one of them.
  public var matchedRank: Int?
  public var matched: Int
  /// The score of the k-th of the exact answer; nil when there are fewer.
  public var kthScore: Float?
  public var k: Int
  /// Its number in the answer, counted from 1; nil when it is not returned.
  public var place: Int?
  /// In the order in which the search goes through them, then those that this search does not have.
  public var stages: [Stage]

  public init(
    row: Int, id: DocumentID, score: Float, rank: Int?, count: Int, matchedRank: Int?, matched: Int,
    kthScore: Float?, k: Int, place: Int?, stages: [Stage]
  ) {
    self.row = row
    self.id = id
    self.score = score
    self.rank = rank
    self.count = count
    self.matchedRank = matchedRank
    self.matched = matched
    self.kthScore = kthScore
    self.k = k
    self.place = place
    self.stages = stages
  }

  /// The stage that it does not pass; nil when it is returned.
  public var dropped: Stage? { place == nil ? stages.first { $0.applies && !$0.passes } : nil }

  /// How far its score is from that of the k-th, in the index's own numbers; greater than 0 when it is farther.
  public var distanceToKth: Float? {
    kthScore.map { largerIsNearer ? $0 - score : score - $0 }
  }

  /// Whether greater scores are nearer, as for inner products.
  public var largerIsNearer = false

  /// "rank 147 of 1284 · L2² 0.931 · the 10th has 0.712", with numbers written by `number`.
  public func summary(_ scoreName: String, _ number: (Float) -> String) -> String {
    var parts = [rank.map { "rank \($0) of \(count)" } ?? "no rank of \(count)"]
    if matched < count { parts[0] += matchedRank.map { ", \($0) of the \(matched) that match" } ?? "" }
    parts.append("\(scoreName) \(number(score))")
    if let kthScore, let distanceToKth {
      let way = distanceToKth > 0 ? ", \(number(distanceToKth)) nearer" : ""
      parts.append("number \(k) has \(number(kthScore))\(way)")
    }
    return parts.joined(separator: " · ")
  }

  /// One sentence: "returned as number 3", or what drops it and why.
  public var verdict: String {
    if let place { return "returned as number \(place)" }
    guard let dropped else { return "not returned" }
    return "dropped by \(dropped.name): \(dropped.outcome)"
  }
}
