import Diagnosis
import Foundation
import StoreFormats
import Testing
import VectorStore

@testable import Explorer

/// Health checks of stores on disk, and their repairs.
@Suite struct SessionHealthTests {
  private let basic = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2")
    .path

  private func temporary() -> String { NSTemporaryDirectory() + "fathom-health-\(UUID().uuidString)" }

  /// A store of which "b" has no document, "x" no row, "c" a bell, and "d" says what "a" says.
  private func damaged(at path: String) throws {
    let contents = ["The harbour wakes", "", "A bell\u{7} rings", "The harbour wakes", "Gulls complain"]
    let documents = contents.enumerated().map { row, content in
      Document(id: DocumentID(["a", "b", "c", "d", "e"][row]), content: Text(content))
    }
    let vectors: [Float] = [1, 0, 0, 1, 0, -1, 1, 0, -1, 0]
    let segment = Segment(vectors: Vectors(vectors, dimension: 2), documents: documents, origin: .file)
    var leftovers = DocstoreLeftovers()
    leftovers.missing = ["b"]
    leftovers.orphans = [Document(id: "x", content: "nobody finds this")]
    _ = try StoreWriter(StoreWriter.destination(for: path), leftovers: leftovers).write(
      StoreVersion(dimension: 2, metric: .squaredL2, segments: [segment]))
  }

  @Test func aStoreOfLangChainHasNoProblems() async throws {
    let session = try await Session.open(basic)
    let outcome = try await session.examine()
    #expect(outcome.report.problems == [])
    #expect(outcome.report.rows == 40)
  }

  @Test func whatTheFilesDisagreeAboutIsAFinding() async throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try damaged(at: path)
    let report = try await Session.open(path).examine().report
    #expect(
      report.problems.map(\.check) == [
        .missingDocument, .orphanDocument, .duplicateDocument, .controlCharacters,
      ])
    #expect(report.problems.first?.rows == [1])
  }

  @Test func aRepairIsOneEditThatUndoTakesBack() async throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try damaged(at: path)
    let session = try await Session.open(path)
    let outcome = try await session.examine()
    let repair = try await session.repair(
      outcome.report.problems.filter { $0.check != .orphanDocument }, of: outcome.revision)
    #expect(repair.steps.map(\.rows) == [1, 1, 1])
    #expect(await session.summary().count == 3)
    #expect(try await session.document("c").row.document.content == "A bell rings")
    try await session.undo()
    #expect(await session.summary().count == 5)
    await #expect(throws: ExplorerError.self) {
      try await session.repair(outcome.report.problems, of: outcome.revision)
    }
  }

  @Test func aRepairedCopyIsHealthyAndTheStoreIsAsItWas() async throws {
    let (path, copy) = (temporary(), temporary())
    defer { for path in [path, copy] { try? FileManager.default.removeItem(atPath: path) } }
    try damaged(at: path)
    let before = try Data(contentsOf: URL(filePath: path + "/index.pkl"))
    let session = try await Session.open(path, for: .reading)
    let outcome = try await session.examine()
    let repair = try await session.writeRepaired(outcome.report.findings, of: outcome.revision, to: copy)
    #expect(repair.copy?.documents == 3)
    #expect(try Data(contentsOf: URL(filePath: path + "/index.pkl")) == before)
    #expect(await session.summary().count == 5)
    #expect(try await Session.open(copy).examine().report.problems == [])
    await #expect(throws: ExplorerError.self) {
      try await session.writeRepaired(outcome.report.findings, of: outcome.revision, to: copy)
    }
  }

  @Test func theRestOfGroupsFollowsTheRuleUnlessAHandChose() async throws {
    let session = try await Session.open(basic)
    let groups = [[0, 1, 2], [3, 4]]
    func rest(_ rule: KeepRule, _ kept: [Int: Int] = [:]) async throws -> [Int] {
      try await session.rest(of: groups, keeping: rule, kept: kept, revision: 0).map(\.row)
    }
    #expect(try await rest(.first) == [1, 2, 4])
    #expect(try await rest(.newest) == [0, 1, 3])
    #expect(try await rest(.first, [0: 1]) == [0, 2, 4])
    await #expect(throws: ExplorerError.self) { try await session.rows([0], of: 7) }
  }
}
