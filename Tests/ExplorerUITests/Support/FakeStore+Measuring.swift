import Diagnosis
import Explorer
import VectorStore

@testable import ExplorerUI

extension FakeStore {
  /// What a session answers that says how well the store answers, and why.
  func measure(_ effect: Effect) -> Action? {
    switch effect {
    case .locate(let generation, let request, let ids):
      var all = request
      (all.k, all.filter) = (10_000, nil)
      let hits = search(all).hits
      let found = ids.compactMap { id in hits.first { $0.document.id == id } }
        .map { Self.whereabouts($0, request, hits) }
      return .located(
        generation: generation, WhereaboutsReport(found: found, metric: .squaredL2))
    case .explainMMR(let generation, let request):
      return .mmrExplained(generation: generation, explanation(request))
    case .evaluate(_, let settings): return .evaluated(Self.evaluation(settings))
    case .tune(let request, _): return .tuned(Self.curve(request))
    case .compareStores(let path, let questions):
      return .compared(Self.comparison(path, hasQuestions: questions != nil))
    default: return nil
    }
  }

  private static func whereabouts(_ hit: Hit, _ request: SearchRequest, _ hits: [Hit]) -> Whereabouts {
    let isNear = hit.rank <= request.k
    let passes = request.filter?.matches(hit.document.metadata) ?? true
    var stages: [Whereabouts.Stage] = []
    if let filter = request.filter {
      stages.append(
        .init(.filter, "filter \(filter.description)", passes: passes, passes ? "passes" : "does not pass"))
    }
    stages.append(
      .init(
        .rank, "exact", passes: isNear,
        isNear
          ? "in the top \(request.k), as number \(hit.rank) of \(hits.count)"
          : "not in the top \(request.k): \(hit.rank - request.k) places too far"))
    stages.append(
      .init(
        .mmr, "MMR, lambda 0.5", applies: false, passes: false,
        "not among the 20 candidates; needs fetch_k \(hit.rank)", needed: hit.rank))
    return Whereabouts(
      row: hit.row, id: hit.document.id, score: hit.score, rank: hit.rank, count: hits.count,
      matchedRank: passes ? hit.rank : nil, matched: hits.count,
      kthScore: hits.dropFirst(request.k - 1).first?.score, k: request.k,
      place: isNear && passes ? hit.rank : nil, stages: stages)
  }

  private func explanation(_ request: SearchRequest) -> MMRExplanation {
    var all = request
    all.k = request.mmr?.fetchK ?? 20
    let hits = search(all).hits
    // Documents of a language resemble each other.
    let vectors = hits.map { hit -> [Float] in
      let isEnglish = hit.document.metadata["lang"] == "en"
      return [2 - hit.score, isEnglish ? 0.4 : 0, isEnglish ? 0 : 0.6 + Float(hit.row) / 10]
    }
    return MMRExplanation(
      candidates: hits,
      choice: MMRChoice(
        query: [1, 0, 0], candidates: vectors, lambda: request.mmr?.lambda ?? 0.5, k: min(request.k, 4)),
      metric: .squaredL2)
  }

  private static func evaluation(_ settings: [EvaluationSetting]) -> Evaluation {
    let questions = ["where do cats sleep?", "what do dogs chase?", "一番早く鳴く鳥は？"].map {
      Question(text: $0, expectations: [.id("a"), .id("b")])
    }
    let columns = settings.enumerated().map { place, setting in
      Evaluation.Column(
        setting: setting,
        met: [[[0], [], [1]], place == 0 ? [[], [0]] : [[0], [1]], [[], [], []]], milliseconds: 4.5)
    }
    return Evaluation(
      questions: questions, columns: columns, notices: ["expected, but not in this store: the id b"])
  }

  private static func curve(_ request: TuningRequest) -> TuningCurve {
    let points = [(1, 0.451, 0.1), (2, 0.646, 0.15), (4, 0.873, 0.2), (8, 0.98, 0.3), (16, 1, 0.6)].map {
      TuningCurve.Point(effort: .nprobe($0.0), recall: $0.1, milliseconds: $0.2)
    }
    return TuningCurve(
      points: points, current: .nprobe(1), k: request.k, queries: request.sample, exactMilliseconds: 2.4,
      target: request.target)
  }

  private static func comparison(_ path: String, hasQuestions: Bool) -> StoreComparison {
    let old = Samples.animals
    var changed = old[1]
    changed.content = "Dogs chase cats through the whole garden"
    var counts = StoreComparison.Counts()
    (counts.removed, counts.added, counts.changed, counts.moved, counts.shared) = (1, 1, 1, 2, 7)
    let answers = [
      StoreComparison.Answer(
        question: "where do cats sleep?",
        churn: RankChurn(from: ["a", "b", "c"], to: ["b", "a", "d"], k: 3)),
      .init(question: "what sings?", churn: RankChurn(from: ["a"], to: ["a"], k: 3)),
    ]
    return StoreComparison(
      names: .init(before: "animals", after: path.split(separator: "/").last.map(String.init) ?? path),
      counts: counts,
      entries: [
        .init(kind: .removed, row: 5, before: old[5], after: nil),
        .init(
          kind: .added, row: 7, before: nil,
          after: Samples.document("77e0aa11", "Cats sleep by day and hunt at dusk", 1, "ja")),
        .init(kind: .changed, row: 1, before: old[1], after: changed, distance: 0.3712),
        .init(kind: .moved, row: 3, before: old[3], after: old[3], distance: 0.0021),
      ], answers: hasQuestions ? answers : [])
  }
}
