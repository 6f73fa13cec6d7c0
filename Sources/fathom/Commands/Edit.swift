import ArgumentParser
import Explorer
import Foundation
import VectorStore

struct Edit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set and remove metadata keys, or change a content, and save; ids and rows stay.",
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
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Give one document other content, embedded again: the text, or @FILE that holds it.", valueName: "text")
  )
  var content: String?
  @OptionGroup var embedding: EmbedderOption
  @Flag(help: "Say what would change and write nothing.") var dryRun = false

  func validate() throws {
    guard ids.isEmpty != (filter.filter == nil) else { throw ValidationError("name ids, or give --filter") }
    guard !set.isEmpty || !unset.isEmpty || content != nil else {
      throw ValidationError("give --set, --unset or --content")
    }
    guard content == nil || ids.count == 1 else {
      throw ValidationError("--content is for one document, named by its id")
    }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let edit = MetadataEdit(setting: try MetadataPairs(set, for: "--set").metadata, removing: unset)
      let content = try content.map(Self.text)
      let session = try await store.open(for: dryRun ? .reading : .writing, embedder: embedding.chosen())
      let chosen =
        if let filter { try await session.ids(matching: filter) } else { try await session.ids(written: ids) }
      let count = await session.summary().count
      var report = EditReport(path: store.path, isDryRun: dryRun, before: count, after: count)
      if chosen.isEmpty { Output.warn("no document matches; nothing was changed") }
      if !chosen.isEmpty, !edit.isEmpty { report.edited = try await session.edit(chosen, edit) }
      if let content, let id = chosen.first, try await session.setContent(of: id, to: content) {
        report.edited = 1
      }
      if !dryRun, report.edited > 0 { report.backup = try await session.saveOnLine().backup }
      if store.json { return try Output.json(Report.object(report)) }
      try Output.line(
        "\(dryRun ? "would edit" : "edited") \(report.edited) documents"
          + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }

  private static func text(_ option: String) throws -> Text {
    guard option.hasPrefix("@") else { return Text(option) }
    let path = String(option.dropFirst())
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ExplorerError(.noInput, "--content: cannot read \(path)")
    }
    guard let text = String(data: bytes, encoding: .utf8) else {
      throw ExplorerError(.badData, "--content: \(path) is not UTF-8")
    }
    return Text(text)
  }
}
