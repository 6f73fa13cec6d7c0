import ArgumentParser
import Explorer

struct Source: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the source that a document is a chunk of, put together from all of its chunks.",
    discussion: "What neighbouring chunks share is printed once. With --json a line for each chunk.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "The id of any of its chunks.") var id: String

  func run() async throws {
    try await answering {
      let session = try await store.open(for: .reading)
      guard let id = try await session.ids(written: [id]).first else { return }
      guard let source = try await session.source(of: id) else {
        throw ExplorerError(.noInput, "the document \(self.id) names no source: it has no metadata key \"source\"")
      }
      if store.json {
        try Output.json(source.chunks.map(Report.line).joined(separator: "\n"))
      } else {
        try Output.text(source.chunks.map { ($0.followsGap ? "\n[…]\n" : "") + $0.text }.joined(separator: "\n"))
      }
    }
  }
}
