import Explorer
import VectorStore

/// What all scores of an answer have in common: how wide they are written, and between which the bars grow.
///
/// Made once for a frame, in one pass over the hits.
struct ScoreScale {
  private let lens: ScoreLens
  private let largerIsNearer: Bool
  private var low = Double.infinity
  private var high = -Double.infinity
  /// The columns of the longest score, and of the largest row.
  private(set) var scoreWidth = 0
  private(set) var rowWidth = 0
  /// How many are no relevance, see ``ScoreLens/isOdd(_:)``.
  private(set) var oddCount = 0

  init(_ hits: [Hit], _ lens: ScoreLens, _ metric: Metric) {
    self.lens = lens
    largerIsNearer = lens.largerIsNearer(metric)
    var hasUnknown = false
    var row = 0
    for hit in hits {
      row = max(row, hit.row)
      guard let score = lens.value(of: hit), score.isFinite else {
        hasUnknown = true
        continue
      }
      if lens.isOdd(score) { oddCount += 1 }
      low = min(low, score)
      high = max(high, score)
    }
    rowWidth = String(row).count
    // The longest of numbers with as many decimals is the smallest or the largest.
    let ends = (low <= high ? [low, high] : []).map { Self.text($0).count }
    scoreWidth = max(ends.max() ?? 0, hasUnknown ? Self.text(nil).count : 0)
  }

  static func text(_ score: Double?) -> String {
    score.map { NumberText.fixed($0, decimals: 4) } ?? "unknown"
  }

  /// How full the bar of a hit is, 0 to 1: full for the nearest of all, and proportionate to the rest.
  func nearness(of hit: Hit) -> Double {
    guard low <= high, let score = lens.value(of: hit), score.isFinite else { return 0 }
    if largerIsNearer {
      return high > low ? max(0.08, (score - min(low, 0)) / (high - min(low, 0))) : 1
    }
    return score <= 0 ? 1 : max(0.08, min(1, max(low, high / 8) / score))
  }
}
