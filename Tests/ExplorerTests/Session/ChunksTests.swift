import Foundation
import Testing
import VectorStore

@testable import Explorer

/// What lies beside the search: chunks in their order, edits by name, queries of earlier sessions.
@Suite final class ChunksTests {
  private let folder = NSTemporaryDirectory() + "fathom-chunks-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func build(_ lines: [String]) async throws -> Session {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/in.jsonl"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
    _ = try await Session.build(
      folder + "/store", AddRequest(files: [file]), embedder: .hashing, metric: .squaredL2, normalizes: false,
      environment: ["HOME": folder]
    ) { _ in }
    return try await Session.open(
      folder + "/store", for: .exploring, environment: ["HOME": folder])
  }

  private func record(_ id: String, _ metadata: String) -> String {
    "{\"id\":\"\(id)\",\"text\":\"\(id)\",\"vector\":[1,2],\"metadata\":{\(metadata)}}"
  }

  @Test func chunksFollowByPageThenStartThenRow() async throws {
    let session = try await build([
      record("d", "\"source\":\"a\",\"page\":2"), record("x", "\"source\":\"b\""),
      record("b", "\"source\":\"a\",\"page\":1,\"start_index\":90"),
      record("a", "\"source\":\"a\",\"page\":1,\"start_index\":0"), record("y", ""),
    ])
    func next(_ id: DocumentID, _ step: Int, _ filter: String? = nil) async throws -> PlacedRow? {
      try await session.chunk(step, from: id, filter: try filter.map { try Filter(parsing: $0) })
    }
    #expect(try await next("a", 1)?.row.document.id == "b")
    #expect(try await next("b", 1)?.row.document.id == "d")
    let end = try await next("d", 1)
    #expect(end == nil)
    #expect(try await next("b", -1)?.row.row == 3)
    let without = try await next("y", 1)
    #expect(without == nil)
    #expect(try await next("a", 1, "page = 1")?.place == 0)
    let hidden = try await next("b", 1, "page = 1")
    #expect(hidden != nil && hidden?.place == nil)
  }

  @Test func editsAreNamedAndTravelledThrough() async throws {
    let session = try await build([record("a", ""), record("b", ""), record("c", "")])
    try await session.delete(["a"])
    try await session.delete(["b"])
    try await session.undo()
    let names = await session.editNames()
    #expect(names.past.count == 1)
    #expect(names.future.count == 1)
    #expect(try await session.travel(-1).count == 3)
    #expect(try await session.travel(2).count == 1)
  }

  @Test func facetsAreCountedUnderAFilter() async throws {
    let session = try await build([
      record("a", "\"n\":1,\"k\":\"x\""), record("b", "\"n\":2,\"k\":\"x\""),
      record("c", "\"n\":2,\"k\":\"y\""),
    ])
    let all = try await session.facets(of: "k", limit: 9)
    #expect(all.map(\.count) == [2, 1])
    let some = try await session.facets(of: "k", limit: 9, filter: try Filter(parsing: "n = 2"))
    #expect(some.map(\.count) == [1, 1])
  }

  @Test func howTheListIsLookedAtIsRemembered() async throws {
    let session = try await build([record("a", "")])
    session.remember(columns: ["row", "page"], order: "-page")
    session.remember(query: "one")
    #expect(session.recall().columns == ["row", "page"] && session.recall().order == "-page")
    session.remember(columns: nil, order: nil)
    #expect(session.recall().columns == nil && session.recall().queries == ["one"])
  }

  @Test func queriesAreRememberedForTheStoreAndNobodyElse() async throws {
    let session = try await build([record("a", "")])
    session.remember(query: "one")
    session.remember(query: "two")
    session.remember(query: "one")
    #expect(session.recall().queries == ["two", "one"])
    let file = folder + "/.local/state/fathom/stores.json"
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }
}
