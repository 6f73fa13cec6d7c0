import ArgumentParser
import Explorer
import VectorStore

struct Delete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Delete documents by id or by filter, and save.",
    discussion:
      "All or nothing: an id that is not there changes nothing. The files of before are kept as .bak.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "Docstore ids.") var ids: [String] = []
  @OptionGroup var filter: FilterOption
  @Flag(help: "Say what would be deleted and write nothing.") var dryRun = false

  func validate() throws {
    guard ids.isEmpty != (filter.filter == nil) else {
      throw ValidationError("give ids or --filter, not both")
    }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let session = try await store.open(for: dryRun ? .reading : .writing)
      let before = await session.summary().count
      let chosen =
        if let filter { try await session.ids(matching: filter) } else { try await session.ids(written: ids) }
      if chosen.isEmpty { Output.warn("no document matches; nothing was changed") }
      let after = chosen.isEmpty ? before : try await session.delete(chosen).count
      var report = EditReport(path: store.path, isDryRun: dryRun, before: before, after: after)
      report.deleted = chosen
      if !dryRun, !chosen.isEmpty { report.backup = try await session.save().backup }
      if store.json { return try Output.json(Report.object(report)) }
      let verb = dryRun ? "would delete" : "deleted"
      for id in chosen { try Output.line("\(verb) \(id.text)") }
      try Output.line("\(before) → \(after) documents" + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
