import Foundation
import Testing
import VectorStore

@testable import Explorer
@testable import StoreFormats

@Suite struct SessionRecoveryTests {
  private let folder = NSTemporaryDirectory() + "fathom-recovery-\(UUID().uuidString)"
  private var path: String { "\(folder)/store" }
  private var environment: [String: String] { ["HOME": "\(folder)/home"] }

  /// A store of four documents whose vectors the hashing embedder made.
  private func store() async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lines = ["a", "b", "c", "d"].map { #"{"id": "\#($0)", "content": "text of \#($0)"}"# }
    try lines.joined(separator: "\n").write(toFile: "\(folder)/a.jsonl", atomically: true, encoding: .utf8)
    _ = try await Session.build(
      path, AddRequest(files: ["\(folder)/a.jsonl"]), embedder: .hashing, metric: .squaredL2,
      normalizes: false, environment: environment
    ) { _ in }
  }

  private func open(for access: Session.Access = .exploring) async throws -> Session {
    try await .open(path, for: access, embedder: .hashing, environment: environment)
  }

  private func ids(_ session: Session) async throws -> [String] {
    try await session.page(offset: 0, limit: 100, filter: nil).rows.map(\.document.id.text)
  }

  private func crash() async throws {
    let session = try await open()
    try await session.delete(["b"])
    try await session.setContent(of: "c", to: "another text altogether")
  }

  @Test func theNextStartOffersWhatWasNotSaved() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    try await crash()
    let session = try await open()
    let edits = try #require(session.unsavedEdits)
    #expect(edits.fits)
    #expect(edits.names == ["delete 1 document", "edit the content of 1 document"])
    let plan = try await session.previewUnsavedEdits()
    #expect(plan.entries.map(\.kind) == [.deleted, .edited])
    #expect(try await ids(session) == ["a", "b", "c", "d"])

    try await session.applyUnsavedEdits()
    #expect(try await ids(session) == ["a", "c", "d"])
    _ = try await session.save()
    let next = try await open()
    #expect(next.unsavedEdits == nil)
    #expect(try await next.document("c").row.document.content == "another text altogether")
    let hit = try await next.search(SearchRequest(query: .text("another text altogether"), k: 1)).hits.first
    #expect(hit?.document.id == "c" && hit?.score == 0)
  }

  @Test func whatIsDiscardedIsNotOfferedAgain() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    try await crash()
    do {
      let session = try await open()
      session.discardUnsavedEdits()
    }
    #expect(try await open().unsavedEdits == nil)
  }

  @Test func scriptsDoNotWriteOverUnsavedEdits() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    try await crash()
    let error = await #expect(throws: ExplorerError.self) { try await open(for: .writing) }
    #expect(error?.code == .cannotWrite)
    #expect(error?.message.contains("fathom recover") == true)
    // Looking is always allowed.
    #expect(try await ids(open(for: .reading)).count == 4)
  }

  @Test func editsOfFilesThatChangedAreKeptAndSaidNotToFit() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    try await crash()
    let other = try await Session.open(path, for: .writing, environment: ["HOME": "\(folder)/somebody"])
    try await other.delete(["d"])
    _ = try await other.save()
    let session = try await open()
    #expect(session.unsavedEdits?.fits == false)
    let error = await #expect(throws: ExplorerError.self) { try await session.applyUnsavedEdits() }
    #expect(error?.code == .badData)
    #expect(try await ids(session) == ["a", "b", "c"])
  }

  @Test func whoLeavesByChoiceIsNotAskedAgain() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    do {
      let session = try await open()
      try await session.delete(["b"])
      session.abandonChanges()
    }
    #expect(try await open().unsavedEdits == nil)
  }

  @Test func oneWriterWaitsForTheOther() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    let location = try StoreLocation(path: path)
    var lock: FolderLock? = try await .acquire(location)
    let error = await #expect(throws: StoreFormatError.self) {
      _ = try await FolderLock.acquire(location, waiting: .milliseconds(30))
    }
    #expect(error?.code == .locked)
    let second = Task { try await open(for: .writing) }
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try await second.value
  }

  @Test func aFolderThatIsGoneIsNotMadeAgainInSilence() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    let session = try await open()
    try await session.delete(["a"])
    try FileManager.default.removeItem(atPath: path)
    let error = await #expect(throws: ExplorerError.self) { _ = try await session.save() }
    #expect(error?.message.contains("changed on disk") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
    // What is in memory is not lost with it: the files are still mapped.
    #expect(try await session.save(to: path + "-again").documents == 3)
  }

  @Test func aSaveOverFilesThatSomebodyElseChangedIsRefused() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await store()
    let session = try await open()
    try await session.delete(["a"])
    do {
      let other = try await Session.open(path, for: .writing)
      try await other.delete(["d"])
      _ = try await other.save()
    }
    let error = await #expect(throws: ExplorerError.self) { _ = try await session.save() }
    #expect(error?.message.contains("changed on disk") == true)
    _ = try await session.save(to: "\(folder)/elsewhere")
    #expect(try await Session.open(path).summary().count == 3)
    #expect(try await Session.open("\(folder)/elsewhere").summary().count == 3)
  }
}
