import Explorer
import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct ExportingTests {
  private func requests(_ app: AppDriver) -> [(request: ExportRequest, path: String, replacing: Bool)] {
    app.store.effects.compactMap {
      if case .export(let request, let path, let replacing) = $0 { (request, path, replacing) } else { nil }
    }
  }

  @Test func theListIsExportedUnderItsFilter() async throws {
    let app = try await AppDriver()
    try await app.press("f lang <space> = <space> de <enter> :export <space> out.csv <enter>")
    let export = try #require(requests(app).first)
    #expect(
      export.request.subject == .documents(filter: try Filter(parsing: "lang = de"), order: .standard))
    #expect(export.request.format == .csv)
    #expect(export.path == "out.csv")
    #expect(app.screen.contains("exported 8 documents, 1.2 kB, to out.csv"))
  }

  @Test func marksComeFirstAndThenResults() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> :export <space> a.md <enter>")
    try await app.press("<space> x b.jsonl <space> --vectors <enter>")
    let exports = requests(app)
    guard case .results(let hits)? = exports.first?.request.subject else {
      Issue.record("results are expected")
      return
    }
    #expect(hits == app.state.results.hits)
    #expect(exports.first?.request.search?.query == .text("cats"))
    #expect(exports.last?.request.subject == .ids([hits[0].document.id]))
    #expect(exports.last?.request.hasVectors == true)
    #expect(exports.last?.path == "b.jsonl")
  }

  @Test func aFileThatIsThereIsAskedAbout() async throws {
    let app = try await AppDriver()
    try await app.press(":export <space> taken.csv <enter>")
    #expect(app.screen.contains("taken.csv exists; nothing was written."))
    try await app.press("n")
    #expect(requests(app).map(\.replacing) == [false])
    try await app.press(":export <space> taken.csv <enter> y")
    #expect(requests(app).map(\.replacing) == [false, false, true])
    #expect(app.screen.contains("exported 8 documents"))
  }

  @Test func anUnknownEndingIsSaid() async throws {
    let app = try await AppDriver()
    try await app.press(":export <space> out.txt <enter>")
    #expect(
      app.screen.contains("\".txt\" is no format to export to; write a file that ends in .jsonl, .csv or .md")
    )
    #expect(requests(app).isEmpty)
  }
}
