import Foundation

/// How good the answer to one question is, by the measures of the field; each from 0, nothing, to 1, all.
///
/// Source: Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 8; Järvelin and Kekäläinen
/// 2002 for nDCG, with gains of 1 and the discount `log2(rank + 1)`, as trec_eval computes it.
public struct RetrievalScore: Sendable, Hashable {
  /// The share of what was expected that is among the first k.
  public var recall: Double
  /// 1 / rank of the first hit that was expected; 0 when none is among the first k.
  ///
  /// Its mean is the MRR.
  public var reciprocalRank: Double
  /// The gain that falls with the rank, as a share of that of the best order of the first k.
  public var ndcg: Double

  public init(recall: Double, reciprocalRank: Double, ndcg: Double) {
    self.recall = recall
    self.reciprocalRank = reciprocalRank
    self.ndcg = ndcg
  }

  /// Scores an answer.
  ///
  /// - Parameters:
  ///   - met: for each hit, best first, which of the expectations it meets. What an earlier hit met counts no
  ///     more; what one hit meets at once is one gain.
  ///   - expected: the number of expectations; with 0 nothing can be missed and the score is 1.
  ///   - k: hits after these do not count.
  public init(met: [Set<Int>], expected: Int, k: Int) {
    guard expected > 0 else {
      self.init(recall: 1, reciprocalRank: 1, ndcg: 1)
      return
    }
    var seen: Set<Int> = []
    var gain = 0.0
    var gains = 0
    var first: Int?
    for (place, hit) in met.prefix(max(0, k)).enumerated() where !hit.isEmpty {
      if first == nil { first = place }
      guard !hit.isSubset(of: seen) else { continue }
      seen.formUnion(hit)
      gain += Self.discount(place)
      gains += 1
    }
    // Expectations that one hit meets together could not have been two gains.
    let possible = min(k, expected - seen.count + gains)
    let best = (0..<max(0, possible)).reduce(0) { $0 + Self.discount($1) }
    self.init(
      recall: Double(seen.count) / Double(expected), reciprocalRank: first.map { 1 / Double($0 + 1) } ?? 0,
      ndcg: best > 0 ? gain / best : 0)
  }

  private static func discount(_ place: Int) -> Double { 1 / log2(Double(place + 2)) }

  /// The mean of several; nil of none.
  public static func mean(_ scores: [RetrievalScore]) -> RetrievalScore? {
    guard !scores.isEmpty else { return nil }
    func mean(_ value: (RetrievalScore) -> Double) -> Double {
      scores.reduce(0) { $0 + value($1) } / Double(scores.count)
    }
    return RetrievalScore(
      recall: mean(\.recall), reciprocalRank: mean(\.reciprocalRank), ndcg: mean(\.ndcg))
  }
}
