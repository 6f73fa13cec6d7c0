import ArgumentParser
import Explorer
import Terminal
import VectorStore

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show documents whole, in the order asked.")

  @OptionGroup var store: StoreOptions
  @Argument(help: "Docstore ids.") var ids: [String]
  @Flag(help: "Leave out ids that are not there, as LangChain's get_by_ids does.") var skipMissing = false
  @Flag(help: "Its vector too.") var vector = false

  func run() async throws {
    try await answering {
      let session = try await store.open(for: .reading)
      for id in try await session.ids(written: ids, skipsMissing: skipMissing) {
        let detail = try await session.document(id)
        guard !store.json else {
          try Output.json(Report.object(detail, withVector: vector))
          continue
        }
        try Output.line("id        \(detail.row.document.id.text)")
        try Output.line("row       \(detail.row.row)")
        for entry in detail.row.document.metadata.entries {
          try Output.line("\(entry.key.displayText)  \(entry.value.displayText)  (\(entry.value.typeName))")
        }
        try Output.line("vector    \(detail.dimension) d, length \(detail.norm)")
        if vector { try Output.line(detail.vector.map { "\($0)" }.joined(separator: " ")) }
        try Output.line()
        for line in Printable.paragraphs(detail.row.document.content.string) { try Output.line(line) }
      }
    }
  }
}
