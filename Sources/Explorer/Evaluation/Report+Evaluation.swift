import Diagnosis
import VectorStore

extension Report {
  /// The object of `eval --json`.
  public static func object(_ evaluation: Evaluation) -> String {
    func fields(_ score: RetrievalScore) -> Metadata {
      ["recall": .float(score.recall), "mrr": .float(score.reciprocalRank), "ndcg": .float(score.ndcg)]
    }
    let settings = evaluation.columns.map { column -> MetadataValue in
      var total = Metadata([
        ("setting", .string(Text(column.setting.name))), ("k", .int(column.setting.request.k)),
      ])
      for entry in fields(evaluation.mean(column)).entries { total[entry.key] = entry.value }
      total["ms"] = .float((column.milliseconds * 1000).rounded() / 1000)
      total["questions"] = .list(
        zip(evaluation.questions, evaluation.scores(column)).map { question, score in
          var line: Metadata = ["question": .string(Text(question.text))]
          for entry in fields(score).entries { line[entry.key] = entry.value }
          return .dictionary(line)
        })
      return .dictionary(total)
    }
    return MetadataValue.dictionary([
      "questions": .int(evaluation.questions.count), "settings": .list(settings),
      "notices": .list(evaluation.notices.map { .string(Text($0)) }),
    ]).json
  }

  /// The object of `tune --json`.
  public static func object(_ curve: TuningCurve) -> String {
    func fields(_ point: TuningCurve.Point) -> MetadataValue {
      ["value": .int(point.effort.value), "recall": .float(point.recall), "ms": .float(point.milliseconds)]
    }
    return MetadataValue.dictionary([
      "parameter": .string(Text(curve.current.name)), "current": .int(curve.current.value),
      "k": .int(curve.k),
      "queries": .int(curve.queries), "target": .float(curve.target),
      "exact_ms": .float(curve.exactMilliseconds), "points": .list(curve.points.map(fields)),
      "recommended": curve.recommended.map(fields) ?? .null, "advice": .string(Text(curve.advice)),
    ]).json
  }
}
