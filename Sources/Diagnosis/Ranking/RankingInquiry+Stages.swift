import VectorStore

/// What is said of each stage.
extension RankingInquiry {
  typealias Stage = Whereabouts.Stage

  func filterStage(_ standing: RowStanding, _ document: Document) -> [Stage] {
    if course.asked.contains(document.id) {
      let why = "left out: the search asks for documents like this one"
      return [Stage(.filter, "like \(document.id.short)", passes: course.fetchesFirst, why)]
    }
    guard let filter = course.filter else { return [] }
    let passes = filter.matches(document.metadata)
    return [
      Stage(
        .filter, "filter \(filter.description)", passes: passes,
        passes ? "passes" : "does not pass: \(filter.evidence(in: document.metadata))")
    ]
  }

  /// Where an index answers that may miss what a scan finds.
  func indexStage(_ standing: RowStanding) async throws -> [Stage] {
    guard version.isAnsweredByIndex, course.fetchesFirst || course.mask == nil else { return [] }
    let effort = course.effort ?? version.effort
    let name = "approximate index" + (effort.map { ", \($0)" } ?? "")
    if let place = place(of: standing.row, in: fetched) {
      return [Stage(.index, name, passes: true, "found as number \(place)")]
    }
    let rank = standing.rank ?? .max
    if rank > course.fetched {
      return [
        Stage(.index, name, passes: true, "not among the \(course.fetched) nearest that it is asked for")
      ]
    }
    let reaching = try await leastEffort(reaching: standing.row)
    let remedy =
      reaching.map { "\($0) reaches it" }
      ?? (effort.map { "no \($0.name) reaches it" } ?? "its codes put it farther off than it is")
    return [
      Stage(
        .index, name, passes: false, "not reached, though it is number \(rank) of an exact scan: \(remedy)",
        needed: reaching?.value)
    ]
  }

  /// The smallest effort with which the index finds a row among those it is asked for, by halving.
  private func leastEffort(reaching row: Int) async throws -> SearchEffort? {
    guard let start = course.effort ?? version.effort else { return nil }
    func finds(_ value: Int) async throws -> Bool {
      try await version.search(query, k: course.fetched, effort: start.with(value)).contains { $0.row == row }
    }
    var (low, high) = (start.value, start.value)
    while try await !finds(high) {
      guard high < version.largestEffort else { return nil }
      (low, high) = (high, min(2 * high, version.largestEffort))
    }
    while low + 1 < high {
      let middle = (low + high) / 2
      if try await finds(middle) { high = middle } else { low = middle }
    }
    return start.with(high)
  }

  /// The fetch of a search that filters after it.
  func fetchStage(_ standing: RowStanding) -> Stage {
    let name = (course.order == .langChain ? "LangChain, " : "") + "\(course.fetchName) \(fetchSetting)"
    if let place = place(of: standing.row, in: fetched) {
      return Stage(.fetch, name, passes: true, "fetched as number \(place) of \(fetched.count)")
    }
    return Stage(.fetch, name, passes: false, neverFetched(standing), needed: neededFetchK(standing))
  }

  private var fetchSetting: Int { course.fetchName == "k" ? course.k : course.fetchK }

  private func neededFetchK(_ standing: RowStanding) -> Int? { standing.rank.map(course.fetchK(taking:)) }

  private func neverFetched(_ standing: RowStanding) -> String {
    neededFetchK(standing).map { "never fetched: needs \(course.fetchName) \($0)" }
      ?? "never fetched: its score is no number"
  }

  func thresholdStage(_ standing: RowStanding) -> [Stage] {
    guard let threshold = course.scoreThreshold, !(course.order == .langChain && course.usesMMR) else {
      return []
    }
    let passes = course.keeps(standing.score, of: version.metric)
    return [
      Stage(
        .threshold, "threshold \(threshold)", passes: passes,
        passes ? "passes" : "its score \(standing.score) is worse")
    ]
  }

  /// The cut at k, of what came so far.
  func rankStage(_ standing: RowStanding) -> Stage {
    let name = course.fetchesFirst ? "the first \(course.k) of those left" : "exact"
    let passes = answer.contains(standing.row)
    let before = course.fetchesFirst ? place(of: standing.row, in: candidates) : standing.maskedRank
    guard let rank = before ?? standing.maskedRank else {
      return Stage(.rank, name, passes: passes, "not ranked")
    }
    let isNear = rank <= course.k
    return Stage(
      .rank, name, passes: passes || isNear,
      isNear
        ? "in the top \(course.k), as number \(rank) of \(matched)"
        : "not in the top \(course.k): \(Self.places(rank - course.k)) too far", needed: isNear ? nil : rank)
  }

  func mmrStage(_ standing: RowStanding) -> Stage {
    let name = "MMR, lambda \(course.lambda)"
    guard let mmr else {
      return Stage(
        .mmr, name, applies: course.usesMMR, passes: false, "this index gives no vectors back to compare")
    }
    guard let index = mmrCandidates.firstIndex(where: { $0.row == standing.row }) else {
      let fetches = course.usesMMR && course.fetchesFirst
      let needed = fetches ? standing.rank.map(course.fetchK(taking:)) : standing.maskedRank
      let remedy = standing.maskedRank == nil ? "" : needed.map { "; needs fetch_k \($0)" } ?? ""
      return Stage(
        .mmr, name, applies: course.usesMMR, passes: false,
        "not among the \(mmrCandidates.count) candidates\(remedy)",
        needed: standing.maskedRank == nil ? nil : needed)
    }
    let candidate = mmr.candidates[index]
    guard let place = candidate.place else {
      return Stage(.mmr, name, applies: course.usesMMR, passes: false, notChosen(candidate, mmr, index))
    }
    return Stage(
      .mmr, name, applies: course.usesMMR, passes: true,
      "chosen as number \(place + 1)\(likeness(candidate, mmr))")
  }

  private func notChosen(_ candidate: MMRChoice.Candidate, _ mmr: MMRChoice, _ index: Int) -> String {
    let other = lambda(choosing: index).map { "; lambda \($0) would choose it" } ?? ""
    return "number \(index + 1) of \(mmrCandidates.count) candidates, never chosen"
      + "\(likeness(candidate, mmr))\(other)"
  }

  private func likeness(_ candidate: MMRChoice.Candidate, _ mmr: MMRChoice) -> String {
    let relevance = ": relevance \(Self.short(candidate.relevance))"
    guard let redundancy = candidate.redundancy else { return relevance }
    let other = version.document(atRow: mmrCandidates[mmr.picked[redundancy.pick]].row).id.short
    return "\(relevance), likeness \(Self.short(redundancy.cosine)) to \(other), chosen as number "
      + "\(redundancy.pick + 1)"
  }

  /// The lambda nearest to the one asked for, in steps of 0.05, that chooses a candidate.
  private func lambda(choosing index: Int) -> Double? {
    let lambdas = (0...20).map { Double($0) / 20 }
      .sorted { abs($0 - course.lambda) < abs($1 - course.lambda) }
    return lambdas.first { lambda in
      let choice = try? version.diversified(mmrCandidates, query: query, lambda: lambda, k: course.k)
      return choice?.candidates[index].place != nil
    }
  }

  /// What this search does not do, and an application might.
  func otherStages(_ standing: RowStanding) -> [Stage] {
    var stages: [Stage] = []
    if !course.fetchesFirst, course.filter != nil, !course.usesMMR {
      let isFetched = standing.rank.map { $0 <= course.fetchK } ?? false
      stages.append(
        Stage(
          .fetch, "LangChain, fetch_k \(course.fetchK)", applies: false, passes: isFetched,
          isFetched ? "fetched as number \(standing.rank ?? 0)" : neverFetched(standing),
          needed: standing.rank))
    }
    if !course.usesMMR { stages.append(mmrStage(standing)) }
    return stages
  }

  private func place(of row: Int, in rows: [ScoredRow]) -> Int? {
    rows.firstIndex { $0.row == row }.map { $0 + 1 }
  }

  private static func places(_ count: Int) -> String { count == 1 ? "1 place" : "\(count) places" }

  /// With two decimals.
  private static func short(_ number: Float) -> String {
    let hundredths = Int((number * 100).rounded())
    let digits = String(abs(hundredths))
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return (hundredths < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
  }
}
