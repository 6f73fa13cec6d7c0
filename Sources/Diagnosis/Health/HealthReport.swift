/// What a health check found in one version of a store.
public struct HealthReport: Sendable, Hashable {
  /// The worst first; those of equal severity in the order of ``Check``.
  public var findings: [Finding]
  /// Rows that were looked at.
  public var rows: Int
  /// How neighbours were found, and what was not looked at, with the reason.
  public var remarks: [String]

  public init(findings: [Finding], rows: Int, remarks: [String] = []) {
    let order = Dictionary(Check.allCases.enumerated().map { ($1, $0) }) { first, _ in first }
    self.findings = findings.sorted {
      ($0.check.severity, order[$0.check] ?? 0) < ($1.check.severity, order[$1.check] ?? 0)
    }
    self.rows = rows
    self.remarks = remarks
  }

  /// Findings that say that something is wrong; notes do not.
  public var problems: [Finding] { findings.filter { $0.check.severity != .note } }

  /// The rows of all ``problems``, each once.
  public var affectedRows: Int { Set(problems.flatMap(\.rows)).count }
}

/// How far a health check has come.
public struct HealthProgress: Sendable, Hashable {
  /// What is being looked at: "documents", "vectors", "neighbours".
  public var phase: String
  public var completed: Int
  public var total: Int
}
