import ArgumentParser
import Explorer
import VectorStore

extension DuplicatePolicy: ExpressibleByArgument {}

struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Append the documents of other stores, and save. The others are not touched.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "The stores to take documents from.") var others: [String]
  @Option(name: [.customShort("o"), .long], help: "Save as a new store here instead.") var output: String?
  @Option(help: "What to do with ids that are in the store already: fail, skip, rename or replace.")
  var onDuplicate: DuplicatePolicy = .fail
  @Flag(help: "Merge as LangChain's merge_from does, its errors included.") var langchain = false
  @Flag(help: "Say what would be merged and write nothing.") var dryRun = false

  func validate() throws {
    guard !others.isEmpty else { throw ValidationError("name at least one store to merge") }
  }

  func run() async throws {
    try await answering {
      let session = try await store.open(for: dryRun ? .reading : .writing)
      let before = await session.summary().count
      var report = EditReport(path: output ?? store.path, isDryRun: dryRun, before: before, after: before)
      for other in others where langchain {
        let count = report.after
        report.after = try await session.mergeAsLangChain(other).count
        report.merged += report.after - count
      }
      for other in others where !langchain {
        let plan = try await session.planMerge(other, policy: onDuplicate)
        if let problem = plan.problem { throw ExplorerError(.usage, problem) }
        plan.notes.forEach(Output.warn)
        report.after = try await session.merge(other, policy: onDuplicate).count
        report.merged += onDuplicate == .skip ? plan.sourceCount - plan.collidingIDs.count : plan.sourceCount
        report.skipped += onDuplicate == .skip ? plan.collidingIDs.count : 0
      }
      if !dryRun { report.backup = try await session.saveOnLine(to: output).backup }
      if store.json { return try Output.json(Report.object(report)) }
      try Output.line(
        "\(dryRun ? "would merge" : "merged") \(report.merged) documents: \(before) → \(report.after)"
          + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
