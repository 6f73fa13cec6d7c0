import DocumentSources
import Foundation
import Synchronization
import Testing
import VectorStore

@testable import Explorer

@Suite struct ExportTests {
  private let folder = NSTemporaryDirectory() + "fathom-export-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  private static let nasty = "a \"quoted\", line\r\nnext\nlast ```` fence | pipe \u{1B}[31m"

  /// Six documents with vectors, some of them hard to write.
  private func session() async throws -> Session {
    let lines: [Metadata] = [
      ["id": "a", "content": "first", "vector": [0.1, -2.5], "metadata": ["page": 1, "lang": "en"]],
      [
        "id": "b", "content": .string(Text(Self.nasty)), "vector": [1e-7, 3],
        "metadata": ["page": 2, "tags": ["x", "y,z"], "note": "he said \"no\""],
      ],
      [
        "id": "c", "content": "third", "vector": [0.3, 0.30000001], "metadata": ["page": 2.5, "draft": true],
      ],
      ["id": "d", "content": " leading, blank ", "vector": [-1, 1e20], "metadata": [:]],
      [
        "id": "e,f", "content": "umlaut \u{e4} \u{1F600}", "vector": [5, 6],
        "metadata": ["id": "own", "": "nameless"],
      ],
      ["id": "g", "content": "last", "vector": [7, 8], "metadata": ["nested": ["deep": [1, 2]]]],
    ]
    let text = lines.map { MetadataValue.dictionary($0).json + "\n" }.joined()
    try text.write(toFile: "\(folder)/in.jsonl", atomically: true, encoding: .utf8)
    return try await build("\(folder)/in.jsonl", named: "store")
  }

  private func build(_ file: String, named name: String) async throws -> Session {
    _ = try await Session.build(
      "\(folder)/\(name)", AddRequest(files: [file]), embedder: .none, metric: .squaredL2,
      normalizes: false, environment: nil
    ) { _ in }
    return try await Session.open("\(folder)/\(name)", for: .reading)
  }

  private func text(_ request: ExportRequest, of session: Session) async throws -> String {
    var bytes: [UInt8] = []
    _ = try await session.export(request) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func all(_ format: ExportFormat, vectors: Bool = false) -> ExportRequest {
    ExportRequest(.documents(filter: nil, order: .standard), as: format, hasVectors: vectors)
  }

  @Test func jsonLinesBuildTheSameDocumentsAndVectorsAgain() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let report = try await session.export(Self.all(.jsonLines, vectors: true), to: "\(folder)/out.jsonl")
    #expect(report.documents == 6)
    let again = try await build("\(folder)/out.jsonl", named: "again")
    let before = try await session.page(offset: 0, limit: 10, filter: nil)
    let after = try await again.page(offset: 0, limit: 10, filter: nil)
    #expect(after.rows == before.rows)
    for row in before.rows {
      let old = try await session.document(row.document.id).vector
      let new = try await again.document(row.document.id).vector
      #expect(old.map(\.bitPattern) == new.map(\.bitPattern))
    }
  }

  @Test func csvIsReadBackWithTheSameContentsAndMetadataAsText() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    _ = try await session.export(Self.all(.csv), to: "\(folder)/out.csv")
    let selection = try FileSelection(["\(folder)/out.csv"])
    let reader = DocumentReader(
      selection.files, settings: SourceSettings(idField: "id", typesColumns: false))
    let read = try reader.rest()
    let rows = try await session.page(offset: 0, limit: 10, filter: nil).rows
    #expect(read.map(\.text) == rows.map(\.document.content))
    #expect(read.map(\.id) == rows.map(\.document.id))
    #expect(read[0].metadata == ["page": "1", "lang": "en"])
    #expect(read[1].metadata == ["page": "2", "tags": "[\"x\",\"y,z\"]", "note": "he said \"no\""])
    #expect(read[2].metadata == ["page": "2.5", "draft": "true"])
    #expect(read[4].metadata == ["metadata.id": "own", "metadata.": "nameless"])
    #expect(read[5].metadata == ["nested": "{\"deep\":[1,2]}"])
  }

  @Test func textThatNoFileCanHoldIsReplacedInCSV() {
    var form = CSVExport(isRanked: false, hasVectors: false)
    let row = ExportRow(row: 0, document: Document(id: "x", content: "a\0b"))
    #expect(form.survey(row) == "")
    #expect(form.body() + form.text(of: row) == "id,content\r\nx,a\u{FFFD}b\r\n")
  }

  @Test func resultsHaveTheirRanksAndScores() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let search = SearchRequest(query: .vector([7, 8]), k: 2)
    let hits = try await session.search(search).hits
    let lines = try await text(ExportRequest(.results(hits), as: .jsonLines, search: search), of: session)
    #expect(lines.hasPrefix("{\"rank\":1,\"score\":0.0,\"id\":\"g\",\"content\":\"last\""))
    let table = try await text(ExportRequest(.results(hits), as: .csv, search: search), of: session)
    #expect(table.hasPrefix("rank,score,id,content,nested,"))
    #expect(table.contains("\r\n2,8.0,\"e,f\","))
  }

  @Test func markedDocumentsComeInRowOrderWithoutThoseThatAreGone() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let lines = try await text(ExportRequest(.ids(["g", "gone", "a"]), as: .jsonLines), of: session)
    #expect(lines.split(separator: "\n").map { $0.prefix(9) } == ["{\"id\":\"a\"", "{\"id\":\"g\""])
  }

  @Test func theListIsExportedAsItIsFilteredAndSorted() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let filter = try Filter(parsing: "page >= 1")
    let request = ExportRequest(
      .documents(filter: filter, order: RowOrder(written: "-page")), as: .jsonLines)
    let lines = try await text(request, of: session)
    #expect(
      lines.split(separator: "\n").map { $0.prefix(9) } == [
        "{\"id\":\"c\"", "{\"id\":\"b\"", "{\"id\":\"a\"",
      ])
  }

  @Test func aReportFencesContentsSoThatTheyCannotGetOutOrSteerATerminal() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let search = SearchRequest(
      query: .text("what `is` | this"), k: 3, filter: try Filter(parsing: "page >= 2"))
    let hit = Hit(
      rank: 1, row: 1, score: 0.5, document: try await session.document("b").row.document)
    let report = try await text(ExportRequest(.results([hit]), as: .markdown, search: search), of: session)
    #expect(report.contains("* query: ``what `is` | this``\n"))
    #expect(report.contains("* filter: `page >= 2`\n"))
    #expect(report.contains("| 1 | 0.5 | 1 | b | a \"quoted\", line next last"))
    #expect(
      report.contains("\n`````text\na \"quoted\", line\nnext\nlast ```` fence | pipe \\u001b[31m\n`````\n"))
    #expect(!report.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func aFileThatIsThereIsReplacedOnlyWhenThatIsAskedFor() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let path = "\(folder)/out.jsonl"
    try "mine".write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o600)
    await #expect(throws: ExplorerError(.exists, "\(path) exists; nothing was written")) {
      try await session.export(Self.all(.jsonLines), to: path)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    _ = try await session.export(Self.all(.jsonLines), to: path, replaces: true)
    let new = try String(contentsOfFile: path, encoding: .utf8)
    #expect(new.hasPrefix("{\"id\":\"a\""))
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(permissions == 0o600)
  }

  @Test func aCancelledExportLeavesNothing() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let path = "\(folder)/out.csv"
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await session.export(Self.all(.csv), to: path)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
  }

  @Test func progressCountsTheRows() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let seen = Mutex<[Explorer.Progress]>([])
    _ = try await session.export(Self.all(.jsonLines), to: "\(folder)/out.jsonl") { step in
      seen.withLock { $0.append(step) }
    }
    #expect(seen.withLock { $0.last } == Explorer.Progress(completed: 6, total: 6, note: "exporting"))
  }

  @Test(arguments: ["out.txt", "out", "out.faiss"]) func otherEndingsAreRefusedWithThoseThatAreKnown(
    _ name: String
  ) {
    let error = #expect(throws: ExplorerError.self) { try ExportFormat(path: name) }
    #expect(error?.code == .usage)
    #expect(error?.message.contains(".jsonl, .csv or .md") == true)
  }

  @Test func whatIsNoFileIsNotReplaced() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await session()
    let error = await #expect(throws: ExplorerError.self) {
      try await session.export(Self.all(.csv), to: "/dev/null", replaces: true)
    }
    #expect(error?.code == .cannotWrite)
    let missing = await #expect(throws: ExplorerError.self) {
      try await session.export(Self.all(.csv), to: "\(folder)/nowhere/out.csv")
    }
    #expect(missing?.message.contains("nowhere") == true)
  }
}
