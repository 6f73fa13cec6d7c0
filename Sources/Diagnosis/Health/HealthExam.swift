import VectorStore

/// A health check of one version of a store.
public struct HealthExam: Sendable {
  let version: StoreVersion
  let thresholds: HealthThresholds
  let checks: Set<Check>
  let isTooLong: (@Sendable (String) -> Bool)?

  /// Looks for `checks` only.
  ///
  /// `isTooLong` says whether the model of the store cuts a content off.
  public init(
    _ version: StoreVersion, thresholds: HealthThresholds = HealthThresholds(),
    checks: Set<Check> = Set(Check.allCases), isTooLong: (@Sendable (String) -> Bool)? = nil
  ) {
    self.version = version
    self.thresholds = thresholds
    self.checks = checks
    self.isTooLong = isTooLong
  }

  private static let ofVectors: Set<Check> = [
    .notFinite, .zeroVector, .unnormalized, .mixedNorms, .notUnitLength, .nearDuplicate, .sameTextOtherVector,
    .sameVectorOtherText, .outlier, .hub, .unreachable,
  ]
  private static let ofNeighbours: Set<Check> = [.outlier, .hub, .unreachable]

  /// Looks at every document and every vector once, and for their neighbours as `docs/health.md` says.
  ///
  /// Answers are the same in every run. Throws what reading throws, and `CancellationError`.
  public func run(progress: @escaping @Sendable (HealthProgress) -> Void = { _ in }) async throws
    -> HealthReport
  {
    let total = version.count
    func report(_ phase: String) -> @Sendable (Int) -> Void {
      { progress(HealthProgress(phase: phase, completed: $0, total: total)) }
    }
    func share(_ phase: String) -> PairSearch.Progress {
      let report = report(phase)
      return { report(Int($0 * Double(total))) }
    }
    let survey = try await DocumentSurvey(version, isTooLong: isTooLong, report: report("documents"))
    let duplicates = DuplicateChecks(version, survey)
    var findings = read(survey, duplicates)
    var remarks: [String] = []
    try Task.checkCancellation()
    if !checks.isDisjoint(with: Self.ofVectors) {
      do {
        let vectors = try await VectorSurvey(version, report: report("vectors"))
        findings += VectorChecks.findings(vectors, thresholds)
        findings += try await repetitions(vectors, duplicates, &remarks, share("near-duplicates"))
        if !checks.isDisjoint(with: Self.ofNeighbours) {
          findings += try await neighbours(vectors, &remarks, share("neighbours"))
        }
      } catch let error as VectorStoreError where error.code == .unsupported {
        remarks.append("vectors were not looked at: \(error.message)")
      }
    }
    for part in version.parts { try part.segment.documents.check() }
    return HealthReport(
      findings: findings.filter { checks.contains($0.check) }, rows: version.count, remarks: remarks)
  }

  /// What documents say without their vectors.
  private func read(_ survey: DocumentSurvey, _ duplicates: DuplicateChecks) -> [Finding] {
    let ofAll = [
      IDChecks.finding(in: version),
      Boilerplate.finding(
        survey.pieces, rows: duplicates.distinct, least: thresholds.boilerplateDocuments, in: version),
    ].compactMap { $0 }
    return ContentChecks.findings(survey, in: version, thresholds) + duplicates.findings + ofAll
      + MetadataChecks.findings(survey.metadata, in: version)
  }

  /// What texts and vectors say together.
  private func repetitions(
    _ vectors: VectorSurvey, _ duplicates: DuplicateChecks, _ remarks: inout [String],
    _ progress: @escaping PairSearch.Progress
  ) async throws -> [Finding] {
    guard !isLossy else {
      remarks.append(
        "near-duplicates were not looked for: this index keeps codes, which are alike where vectors differ")
      return []
    }
    let same = try VectorAgreement.sameVectors(vectors, in: version)
    let distinct = Set(duplicates.distinct)
    var findings = [
      try VectorAgreement.sameTextOtherVector(duplicates.contents, vectors, in: version),
      VectorAgreement.sameVectorOtherText(same, distinct: distinct, in: version),
    ].compactMap { $0 }
    guard checks.contains(.nearDuplicate) else { return findings }
    let rows = EqualGroups.firsts(
      of: duplicates.distinct.filter(vectors.isUsable), same.map { $0.filter(distinct.contains) })
    let groups = try await NearDuplicates.groups(
      of: rows, within: thresholds.nearDistance, vectors, in: version, progress: progress)
    guard let groups else {
      remarks.append("more pairs are near-duplicates than can be listed; lower the distance")
      return findings
    }
    if !groups.isEmpty {
      let extra = groups.reduce(0) { $0 + $1.count - 1 }
      let examples = Example.contents(of: groups.map { $0[0] }, in: version, limit: 2)
      findings.append(
        Finding(
          .nearDuplicate,
          "\(Count.of(extra, "row")) in \(Count.of(groups.count, "group")) within "
            + "\(Count.number(thresholds.nearDistance)) of an earlier row, and the text differs: \(examples)",
          groups: groups))
    }
    return findings
  }

  private func neighbours(
    _ vectors: VectorSurvey, _ remarks: inout [String], _ progress: @escaping PairSearch.Progress
  ) async throws -> [Finding] {
    if case .other = version.metric {
      remarks.append("neighbours were not looked at: only faiss computes \(version.metric.name)")
      return []
    }
    let neighbours = try await Neighbours(version, k: thresholds.k, vectors, progress: progress)
    if neighbours.rows.count < vectors.norms.count(where: { $0.isFinite && $0 > 0 }) {
      remarks.append(
        "hubs, outliers and unreachable documents were judged from \(Count.of(neighbours.rows.count, "document")) "
          + "spread over the store")
    }
    return NeighbourChecks.findings(neighbours, vectors, in: version, thresholds)
  }

  /// Whether the index keeps codes instead of vectors.
  private var isLossy: Bool {
    version.parts.contains { part in
      guard let name = part.segment.vectors.faissIndex?.className else { return false }
      return ["PQ", "SQ", "Scalar", "LSH", "Residual"].contains { name.contains($0) }
    }
  }
}
