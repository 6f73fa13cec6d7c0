import Explorer
import VectorStore

/// The ranked results of the query.
public struct ResultsPane: Sendable, Equatable {
  public internal(set) var list = ListPosition()
  /// The newest answer; nil before the first and after clearing.
  public internal(set) var result: SearchResult?

  public var hits: [Hit] { result?.hits ?? [] }

  public var selectedHit: Hit? {
    hits.indices.contains(list.selected) ? hits[list.selected] : nil
  }

  /// How full the bar of a hit is, 0 to 1: full for the nearest of all, and proportionate to the rest.
  public func nearness(of hit: Hit, _ lens: ScoreLens = .index) -> Double {
    let scores = hits.compactMap(lens.value).filter(\.isFinite)
    guard let result, let low = scores.min(), let high = scores.max(), let score = lens.value(of: hit),
      score.isFinite
    else { return 0 }
    if lens.largerIsNearer(result.metric) {
      return high > low ? max(0.08, (score - min(low, 0)) / (high - min(low, 0))) : 1
    }
    return score <= 0 ? 1 : max(0.08, min(1, max(low, high / 8) / score))
  }
}
