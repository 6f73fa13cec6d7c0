import Diagnosis
import VectorStore

extension Report {
  /// The object of `doctor --json`; `ids` are those of the rows, in their order.
  public static func object(
    _ report: HealthReport, path: String, repair: RepairReport? = nil, ids: ([Int]) -> [DocumentID]
  ) -> String {
    let findings = report.findings.map { finding -> MetadataValue in
      let rows = finding.rows
      return [
        "check": .string(Text(finding.check.rawValue)),
        "severity": .string(Text(finding.check.severity.rawValue)),
        "title": .string(Text(finding.check.title)), "message": .string(Text(finding.sentence)),
        "rows": numbers(rows), "ids": .list(ids(rows).map { .string(Text($0.text)) }),
        "groups": .list(finding.groups.map(numbers)), "marked": numbers(finding.marked),
        "fix": finding.check.fix.map { .string(Text($0.rawValue)) } ?? .null,
        "advice": .string(Text(finding.check.advice)),
      ]
    }
    var fields: Metadata = [
      "path": .string(Text(path)), "rows": .int(report.rows), "problems": .int(report.problems.count),
      "affected_rows": .int(report.affectedRows), "findings": .list(findings),
      "remarks": .list(report.remarks.map { .string(Text($0)) }),
    ]
    if let repair {
      fields["repair"] = [
        "path": repair.copy.map { .string(Text($0.path)) } ?? .null,
        "rows": repair.copy.map { .int($0.documents) } ?? .null,
        "fixed": .list(
          repair.steps.map { ["check": .string(Text($0.check.rawValue)), "rows": .int($0.rows)] }),
        "notes": .list(repair.notes.map { .string(Text($0)) }),
      ]
    }
    return MetadataValue.dictionary(fields).json
  }

  private static func numbers(_ rows: [Int]) -> MetadataValue { .list(rows.map { .int($0) }) }
}
