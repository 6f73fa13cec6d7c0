import Diagnosis
import VectorStore

/// What a health check is to look for.
public struct HealthRequest: Sendable, Hashable {
  public var thresholds = HealthThresholds()
  public var checks = Set(Check.allCases)

  public init() {}
}

/// What a health check found, with the state of the store that its rows are of.
public struct HealthOutcome: Sendable, Hashable {
  public var report: HealthReport
  public var revision: Int

  public init(report: HealthReport, revision: Int) {
    self.report = report
    self.revision = revision
  }
}

/// What a repair did.
public struct RepairReport: Sendable, Hashable {
  public var steps: [RepairPlan.Step]
  /// Where the repaired copy is; nil for a repair of the open store.
  public var copy: SaveReport?
  /// What was left to do.
  public var notes: [String]

  public init(steps: [RepairPlan.Step], copy: SaveReport? = nil, notes: [String] = []) {
    self.steps = steps
    self.copy = copy
    self.notes = notes
  }
}
