import ArgumentParser
import Diagnosis
import Explorer
import Foundation
import VectorStore

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find what is wrong with a store: its files, ids, vectors, contents, duplicates, metadata.",
    discussion: """
      Exit code 1 when something is found; notes do not count. --fix writes a repaired copy to -o and never changes \
      PATH: it does what takes nothing away that anybody would want to keep. With --only, the fixes of these checks \
      are done whatever they take away. Checks: \(Check.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var embedding: EmbedderOption
  @Option(help: ArgumentHelp("Look for these only.", valueName: "check,…")) var only: String?
  @Option(help: ArgumentHelp("Do not look for these.", valueName: "check,…")) var skip: String?
  @Flag(help: "Write a repaired copy.") var fix = false
  @Option(name: [.customShort("o"), .long], help: "Where the repaired copy goes.") var output: String?
  @Option(help: "Near-duplicates: the largest squared L2 distance, of vectors of length 1.")
  var nearDistance: Float?
  @Option(help: "Scraps: the fewest characters of a content.") var shortest: Int?
  @Option(help: "Boilerplate: the fewest documents with the same passage.") var boilerplate: Int?
  @Option(help: "Hubs: the smallest share of documents that have it among their nearest.")
  var hubShare: Double?
  @Option(help: "Outliers: how many quartile ranges beyond the third quartile.") var outlierRanges: Double?
  @Option(name: .short, help: "Hubs and unreachable documents: how many results are looked at.") var k: Int?

  func validate() throws {
    guard fix == (output != nil) else {
      throw ValidationError("--fix and -o OUT go together: the repaired copy goes to OUT")
    }
    if let k, k < 1 { throw ValidationError("-k: expected at least 1") }
    _ = try checks()
  }

  /// Rows that are named in a line for people.
  private static let mostNamed = 12

  func run() async throws {
    try await answering {
      let line = ProgressLine()
      defer { line.finish() }
      let session = try await Session.open(
        store.path, for: .reading, embedder: try embedding.chosen(),
        environment: ProcessInfo.processInfo.environment
      ) { line.show($0) }
      let outcome = try await session.examine(try request()) { line.show($0) }
      var repair: RepairReport?
      if let output {
        let fixed = outcome.report.findings.filter {
          only == nil ? $0.check.isFixedUnasked : $0.check.fix != nil
        }
        repair = try await session.writeRepaired(fixed, of: outcome.revision, to: output) { line.show($0) }
      }
      line.finish()
      if store.json {
        let ids = try await self.ids(of: outcome, in: session)
        try Output.json(
          Report.object(outcome.report, path: store.path, repair: repair) { $0.compactMap { ids[$0] } })
      } else {
        try say(outcome.report, repair)
      }
      if !outcome.report.problems.isEmpty, repair == nil { throw ExitCode(1) }
    }
  }

  private func request() throws -> HealthRequest {
    var request = HealthRequest()
    request.checks = try checks()
    if let nearDistance { request.thresholds.nearDistance = nearDistance }
    if let shortest { request.thresholds.shortest = shortest }
    if let boilerplate { request.thresholds.boilerplateDocuments = max(2, boilerplate) }
    if let hubShare { request.thresholds.hubShare = hubShare }
    if let outlierRanges { request.thresholds.outlierRanges = outlierRanges }
    if let k { request.thresholds.k = k }
    return request
  }

  private func checks() throws -> Set<Check> {
    func parsed(_ list: String) throws -> Set<Check> {
      Set(
        try list.split(separator: ",").map { name in
          guard let check = Check(rawValue: name.trimmingPrefix(" ").lowercased()) else {
            throw ValidationError("there is no check \"\(name)\"; fathom doctor --help lists them")
          }
          return check
        })
    }
    let wanted = try only.map(parsed) ?? Set(Check.allCases)
    return wanted.subtracting(try skip.map(parsed) ?? [])
  }

  private func ids(of outcome: HealthOutcome, in session: Session) async throws -> [Int: DocumentID] {
    let rows = Set(outcome.report.findings.flatMap(\.rows)).sorted()
    let found = try await session.rows(rows, of: outcome.revision)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.row, $0.document.id) })
  }

  private func say(_ report: HealthReport, _ repair: RepairReport?) throws {
    for finding in report.findings {
      let check = finding.check
      let count = finding.rows.count
      let rows = count == 0 ? "" : count == 1 ? ", 1 row" : ", \(count) rows"
      try Output.line("\(check.severity.rawValue)  \(check.rawValue): \(check.title)\(rows)")
      try Output.line("  \(finding.sentence)")
      if !finding.marked.isEmpty {
        let named = finding.marked.prefix(Self.mostNamed).map(String.init).joined(separator: " ")
        let rest = finding.marked.count - Self.mostNamed
        try Output.line("  rows \(named)\(rest > 0 ? " and \(rest) more" : "")")
      }
      try Output.line("  \(check.advice)")
    }
    for remark in report.remarks { try Output.line("note: \(remark)") }
    let problems = report.problems.count
    try Output.line(
      problems == 0
        ? "\(report.rows) rows: nothing is wrong"
        : "\(report.rows) rows: \(problems) problem\(problems == 1 ? "" : "s"), \(report.affectedRows) rows affected"
    )
    guard let repair, let copy = repair.copy else { return }
    for step in repair.steps { try Output.line("fixed \(step.check.rawValue): \(step.rows) rows") }
    for note in repair.notes { try Output.line("note: \(note)") }
    try Output.line("\(report.rows) → \(copy.documents) documents in \(copy.path)")
  }
}
