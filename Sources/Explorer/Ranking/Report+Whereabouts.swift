import Diagnosis
import VectorStore

extension Report {
  /// One line of `why --json`.
  public static func line(_ found: Whereabouts, _ metric: Metric) -> String {
    func score(_ value: Float?) -> MetadataValue { value.map { .float(Double($0)) } ?? .null }
    func number(_ value: Int?) -> MetadataValue { value.map { .int($0) } ?? .null }
    let stages = found.stages.map { stage -> MetadataValue in
      [
        "stage": .string(Text(stage.kind.rawValue)), "name": .string(Text(stage.name)),
        "applies": .bool(stage.applies), "passes": .bool(stage.passes),
        "outcome": .string(Text(stage.outcome)), "needed": number(stage.needed),
      ]
    }
    return MetadataValue.dictionary([
      "id": .string(Text(found.id.text)), "row": .int(found.row),
      "score_name": .string(Text(metric.scoreName)),
      "score": score(found.score), "rank": number(found.rank), "count": .int(found.count),
      "rank_matched": number(found.matchedRank), "matched": .int(found.matched), "k": .int(found.k),
      "kth_score": score(found.kthScore), "distance_to_kth": score(found.distanceToKth),
      "returned": number(found.place),
      "dropped_by": found.dropped.map { .string(Text($0.kind.rawValue)) } ?? .null,
      "verdict": .string(Text(found.verdict)), "stages": .list(stages),
    ]).json
  }
}
