import ArgumentParser
import Explorer

struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the documents in row order.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var filter: FilterOption
  @Option(help: "At most this many documents.") var limit: Int?
  @Option(help: "Leave out this many first.") var offset = 0

  func validate() throws {
    guard offset >= 0, limit ?? 0 >= 0 else { throw ValidationError("--limit and --offset count from 0") }
  }

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let session = try await store.open(for: .reading)
      var next = offset
      var left = limit ?? .max
      while left > 0 {
        let page = try await session.page(offset: next, limit: min(left, 1000), filter: filter)
        if page.rows.isEmpty { break }
        if store.json {
          try Output.json(page.rows.map(Report.line).joined(separator: "\n"))
        } else {
          try Output.table(
            page.rows.map { ["\($0.row)", $0.document.id.text, $0.document.content.string] }, numbers: [0])
        }
        next += page.rows.count
        left -= page.rows.count
      }
    }
  }
}
