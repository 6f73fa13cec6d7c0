import VectorStore

extension StoreVersion {
  /// What becomes of each of `rows` in a search, in their order.
  ///
  /// Costs a pass over all vectors and a few searches, whatever the number of rows. Throws as
  /// ``VectorStore/StoreVersion/search(_:k:mask:ties:effort:)`` does, and where the index gives no vectors back.
  public func whereabouts(
    of rows: [Int], for query: [Float], in course: SearchCourse
  ) async throws -> [Whereabouts] {
    let inquiry = try await RankingInquiry(self, query, course)
    let standings = try await standings(
      of: rows, for: query, mask: course.mask, ties: course.fetchesFirst ? .faiss : .row)
    var found: [Whereabouts] = []
    for standing in standings { found.append(try await inquiry.whereabouts(standing)) }
    return found
  }
}

/// One search done once, stage by stage, with what each stage had before it.
struct RankingInquiry {
  let version: StoreVersion
  let query: [Float]
  let course: SearchCourse
  /// What the search took before it dropped any, nearest first.
  let fetched: [ScoredRow]
  /// Those of them that the filter lets through.
  let candidates: [ScoredRow]
  /// What MMR makes of its candidates, be it part of this search or not.
  let mmrCandidates: [ScoredRow]
  let mmr: MMRChoice?
  /// What the search answers.
  let answer: [Int]
  let kthScore: Float?

  init(_ version: StoreVersion, _ query: [Float], _ course: SearchCourse) async throws {
    self.version = version
    self.query = query
    self.course = course
    fetched = try await version.search(
      query, k: max(1, course.fetched), mask: course.fetchesFirst ? nil : course.mask,
      ties: course.fetchesFirst ? .faiss : .row, effort: course.effort)
    let filter = course.fetchesFirst ? course.filter : nil
    candidates = fetched.filter {
      filter?.matches(version.document(atRow: $0.row).metadata) ?? true
    }
    // Where MMR is not part of the search, it is told what MMR would do after an exact filter.
    mmrCandidates =
      course.usesMMR
      ? candidates
      : try await version.search(query, k: max(course.fetchK, course.k), mask: course.mask)
    mmr = try? version.diversified(mmrCandidates, query: query, lambda: course.lambda, k: course.k)
    let kept: [ScoredRow]
    if course.usesMMR {
      kept = (mmr?.picked ?? []).map { [candidates] in candidates[$0] }
    } else {
      kept = candidates
    }
    answer = kept.filter { course.keeps($0.score, of: version.metric) }.prefix(max(0, course.k)).map(\.row)
    let exact = try await version.search(
      query, k: max(1, course.k), mask: course.mask ?? version.excluding([], from: nil))
    kthScore = exact.count >= course.k ? exact.last?.score : nil
  }

  var matched: Int { course.mask?.count ?? version.count }

  func whereabouts(_ standing: RowStanding) async throws -> Whereabouts {
    let document = version.document(atRow: standing.row)
    var stages: [Whereabouts.Stage] = []
    if !course.fetchesFirst { stages += filterStage(standing, document) }
    stages += try await indexStage(standing)
    if course.fetchesFirst {
      stages += [fetchStage(standing)] + filterStage(standing, document)
    }
    if course.usesMMR { stages.append(mmrStage(standing)) }
    if !course.usesMMR, !course.fetchesFirst { stages.append(rankStage(standing)) }
    stages += thresholdStage(standing)
    if !course.usesMMR, course.fetchesFirst { stages.append(rankStage(standing)) }
    stages += otherStages(standing)
    var found = Whereabouts(
      row: standing.row, id: document.id, score: standing.score, rank: standing.rank, count: version.count,
      matchedRank: standing.maskedRank, matched: matched, kthScore: kthScore, k: course.k,
      place: answer.firstIndex(of: standing.row).map { $0 + 1 }, stages: stages)
    found.largerIsNearer = version.metric.largerIsNearer
    return found
  }
}
