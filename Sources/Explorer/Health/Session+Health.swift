import Diagnosis
import StoreFormats
import VectorStore

extension Session {
  /// Looks what is wrong with the store as it is now.
  ///
  /// Chunks too long for the model are found where the store's embedder is known. Can be cancelled.
  public func examine(
    _ request: HealthRequest = HealthRequest(),
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> HealthOutcome {
    do {
      let snapshot = await store.snapshot
      var remarks: [String] = []
      var isTooLong: (@Sendable (String) -> Bool)?
      if request.checks.contains(.tooLong) {
        let choice = try await embedderChoice()
        if let embedder = choice.embedder, choice.probe?.fits != false {
          isTooLong = { embedder.cutsOff($0) }
        } else {
          remarks.append("chunks too long for the model were not looked for: \(choice.note)")
        }
      }
      let exam = HealthExam(
        snapshot.version, thresholds: request.thresholds, checks: request.checks, isTooLong: isTooLong)
      let report = try await exam.run { step in
        progress(Progress(completed: step.completed, total: step.total, note: step.phase))
      }
      let findings = joined(report.findings, snapshot.version).filter { request.checks.contains($0.check) }
      return HealthOutcome(
        report: HealthReport(findings: findings, rows: report.rows, remarks: remarks + report.remarks),
        revision: snapshot.revision)
    } catch {
      throw Self.sessionError(error)
    }
  }

  /// The findings with those about the files, which a version knows nothing of.
  private func joined(_ findings: [Finding], _ version: StoreVersion) -> [Finding] {
    let missing = leftovers.missing.flatMap { version.places(of: $0) }.map { version.row(of: $0) }.sorted()
    let ofFiles = place.withLock { $0.problems }.compactMap { problem -> Finding? in
      switch problem.code {
      case "map_mismatch": Finding(.mapMismatch, problem.message, rows: [])
      case "missing_document" where !missing.isEmpty:
        Finding(.missingDocument, problem.message, rows: missing)
      case "orphan_document": Finding(.orphanDocument, problem.message, rows: [])
      case "trailing_bytes": Finding(.trailingBytes, problem.message, rows: [])
      default: nil
      }
    }
    guard !missing.isEmpty else { return findings + ofFiles }
    // What stands for a missing document is empty, and is no empty document.
    let isMissing = Set(missing)
    return ofFiles
      + findings.compactMap { finding in
        guard finding.check == .emptyContent else { return finding }
        let rows = finding.rows.filter { !isMissing.contains($0) }
        return rows.isEmpty ? nil : Finding(.emptyContent, finding.sentence, rows: rows)
      }
  }

  /// Rows by their numbers, in the order asked for.
  ///
  /// Throws `.usage` when the store has been edited since `revision`.
  public func rows(_ rows: [Int], of revision: Int) async throws -> [Row] {
    let snapshot = await store.snapshot
    guard snapshot.revision == revision else { throw Self.isStale }
    return rows.map { Row(row: $0, document: snapshot.version.document(atRow: $0)) }
  }

  /// All rows of these groups but one of each: the one that `kept` names for its group, else that of the rule.
  public func rest(
    of groups: [[Int]], keeping rule: KeepRule, kept: [Int: Int] = [:], revision: Int
  ) async throws -> [Row] {
    let snapshot = await store.snapshot
    guard snapshot.revision == revision else { throw Self.isStale }
    var rest: [Row] = []
    for (number, group) in groups.enumerated() {
      try Task.checkCancellation()
      let rows = group.map { Row(row: $0, document: snapshot.version.document(atRow: $0)) }
      let place = kept[number] ?? rule.kept(of: rows.map(\.document.content))
      rest += rows.enumerated().filter { $0.offset != place }.map(\.element)
    }
    return rest
  }

  /// Does what the fixes of findings say, as one edit that undo takes back.
  ///
  /// Throws `.usage` when the store has been edited since, or where only a copy of the files can be repaired.
  public func repair(
    _ findings: [Finding], of revision: Int, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> RepairReport {
    do {
      let snapshot = await store.snapshot
      guard snapshot.revision == revision else { throw Self.isStale }
      let (plan, notes) = try await plan(findings, snapshot.version, progress)
      guard !plan.changes.isEmpty else {
        throw ExplorerError(
          .usage, "only a copy can be repaired so: fathom doctor PATH --fix -o COPY, or save elsewhere")
      }
      let names = plan.steps.map { $0.check.title }.joined(separator: ", ")
      try await store.apply(plan.changes, of: revision, as: "fix \(names)")
      return RepairReport(steps: plan.steps, notes: notes)
    } catch {
      throw Self.sessionError(error)
    }
  }

  /// Writes a copy of the store in which the fixes of findings are done; this session and its files stay as they are.
  ///
  /// Throws `.cannotWrite` when there is a store at `path` already.
  public func writeRepaired(
    _ findings: [Finding], of revision: Int, to path: String,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> RepairReport {
    do {
      let location = StoreWriter.destination(for: path)
      guard !location.exists else {
        throw ExplorerError(
          .cannotWrite, "\(location.path) exists; name a place that holds no store yet with -o")
      }
      let snapshot = await store.snapshot
      guard snapshot.revision == revision else { throw Self.isStale }
      let (plan, notes) = try await plan(findings, snapshot.version, progress)
      let version = try snapshot.version.applying(plan.changes)
      let lock = try await FolderLock.acquire(location)
      let report = try withExtendedLifetime(lock) {
        try StoreWriter(
          location, leftovers: plan.leavesOut ? DocstoreLeftovers() : leftovers, watch: Self.watch(progress)
        ).write(version)
      }
      let copy = SaveReport(
        path: location.path, documents: version.count, bytes: report.bytes, backup: report.backups.first)
      return RepairReport(steps: plan.steps, copy: copy, notes: notes)
    } catch {
      throw Self.sessionError(error)
    }
  }

  /// More contents than this keep the vectors that they have.
  private static let mostEmbedded = 1000

  /// What is to be done, with new vectors for contents that become others where the embedder is known.
  private func plan(
    _ findings: [Finding], _ version: StoreVersion, _ progress: @Sendable (Progress) -> Void
  ) async throws -> (RepairPlan, notes: [String]) {
    var plan = try RepairPlan(findings, of: version)
    let isFlat = version.parts.allSatisfy { $0.segment.vectors.faissIndex == nil }
    guard !plan.rewritten.isEmpty else { return (plan, []) }
    let choice = try await embedderChoice()
    guard isFlat, plan.rewritten.count <= Self.mostEmbedded, let embedder = choice.embedder,
      choice.probe?.fits != false
    else {
      return (plan, ["\(plan.rewritten.count) contents were cleaned and keep the vectors of the text before"])
    }
    let ingestion = Ingestion(
      embedder: embedder, dimension: version.dimension,
      normalizes: (try? version.looksNormalized()) == true)
    for (number, row) in plan.rewritten.enumerated() {
      guard let content = plan.changes.documents[row]?.content.string else { continue }
      plan.setVector(try await ingestion.vector(of: content), ofRow: row)
      progress(Progress(completed: number + 1, total: plan.rewritten.count, note: "embedding"))
    }
    return (plan, [])
  }

  private static var isStale: ExplorerError {
    ExplorerError(.usage, "the store has been edited since it was examined; examine it again")
  }
}
