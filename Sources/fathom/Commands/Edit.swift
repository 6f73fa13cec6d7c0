import ArgumentParser
import Explorer
import VectorStore

struct Edit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set and remove metadata keys, and save; ids, rows and vectors stay.",
    discussion: """
      A value is JSON where it can be (--set page=3, --set 'tags=["a"]', --set draft=true), else text.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The documents to change.") var ids: [String] = []
  @OptionGroup var filter: FilterOption
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set a metadata key.", valueName: "key=value"))
  var set: [String] = []
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Remove a metadata key.", valueName: "key"))
  var unset: [String] = []
  @Flag(help: "Say what would change and write nothing.") var dryRun = false

  func validate() throws {
    guard ids.isEmpty != (filter.filter == nil) else { throw ValidationError("name ids, or give --filter") }
    guard !set.isEmpty || !unset.isEmpty else { throw ValidationError("give --set or --unset") }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let edit = MetadataEdit(setting: try MetadataPairs(set, for: "--set").metadata, removing: unset)
      let session = try await store.open()
      let chosen =
        if let filter { try await session.ids(matching: filter) } else { try await session.ids(written: ids) }
      let count = await session.summary().count
      var report = EditReport(path: store.path, isDryRun: dryRun, before: count, after: count)
      if chosen.isEmpty { Output.warn("no document matches; nothing was changed") }
      if !chosen.isEmpty { report.edited = try await session.edit(chosen, edit) }
      if !dryRun, report.edited > 0 { report.backup = try await session.save().backup }
      if store.json { return try Output.json(Report.object(report)) }
      try Output.line(
        "\(dryRun ? "would edit" : "edited") \(report.edited) documents"
          + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
