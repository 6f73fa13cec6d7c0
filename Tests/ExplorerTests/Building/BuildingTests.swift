import DocumentSources
import Foundation
import Synchronization
import Testing
import VectorStore

@testable import Explorer

@Suite struct BuildingTests {
  private let folder = NSTemporaryDirectory() + "fathom-build-\(UUID().uuidString)"
  private var environment: [String: String] { ["HOME": folder, "XDG_CACHE_HOME": "\(folder)/cache"] }
  private var store: String { "\(folder)/store" }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  private func file(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    return "\(folder)/\(name)"
  }

  private func build(_ request: AddRequest, normalizes: Bool = false) async throws -> AddReport {
    try await Session.build(
      store, request, embedder: .hashing, metric: .squaredL2, normalizes: normalizes, environment: environment
    ) { _ in }.report
  }

  private func reopened() async throws -> Session { try await Session.open(store, environment: environment) }

  @Test func textsBecomeChunksWithTheirSource() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("a.txt", "first part\n\nsecond part\n\nthird part")
    let splitter = CharacterTextSplitter(
      limits: try ChunkLimits(chunkSize: 12, chunkOverlap: 0, addsStartIndex: true))
    let report = try await build(AddRequest(files: [path], splitter: splitter, metadata: ["lang": "en"]))
    #expect(report.added == 3)
    let page = try await reopened().page(offset: 0, limit: 10, filter: nil)
    #expect(page.rows.map(\.document.content.string) == ["first part", "second part", "third part"])
    #expect(
      page.rows[1].document.metadata == ["source": .string(Text(path)), "start_index": 12, "lang": "en"])
  }

  @Test func theEmbedderIsKnownAgainByItsVectors() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try await build(AddRequest(files: [try file("a.txt", "cats sleep"), try file("b.txt", "dogs bark")]))
    let session = try await reopened()
    #expect(try await session.embedderChoice().name == .hashing)
    let result = try await session.search(SearchRequest(query: .text("dogs"), k: 1))
    #expect(result.hits.first?.document.content.string == "dogs bark")
  }

  @Test func recordsStayWholeUnlessAskedFor() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("a.jsonl", #"{"content":"one\n\ntwo","id":"x"}"# + "\n")
    let splitter = CharacterTextSplitter(limits: try ChunkLimits(chunkSize: 4, chunkOverlap: 0))
    let whole = try await build(AddRequest(files: [path], splitter: splitter))
    #expect(whole.added == 1)
    let cut = try await reopened().add(
      AddRequest(files: [path], splitter: splitter, splitsRecords: true)
    ) { _ in }
    #expect(cut.added == 2)
  }

  @Test func vectorsThatFilesBringNeedNoEmbedder() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file(
      "a.jsonl", #"{"content":"one","vector":[3,4]}"# + "\n" + #"{"content":"two","vector":[0,2]}"#)
    _ = try await Session.build(
      store, AddRequest(files: [path]), embedder: .none, metric: .squaredL2, normalizes: true,
      environment: environment
    ) { _ in }
    let session = try await reopened()
    let ids = try await session.page(offset: 0, limit: 2, filter: nil).rows.map(\.document.id)
    #expect(try await session.document(ids[0]).vector == [0.6, 0.8])
    let wrong = try file("b.jsonl", #"{"content":"one","vector":[1,2,3]}"#)
    await #expect(throws: ExplorerError.self) { try await session.add(AddRequest(files: [wrong])) { _ in } }
    #expect(await session.summary().count == 2)
  }

  @Test func theSameContentIsSkippedOnRequest() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file(
      "a.jsonl", #"{"content":"one"}"# + "\n" + #"{"content":"one"}"# + "\n" + #"{"content":"two"}"#)
    let first = try await build(AddRequest(files: [path]))
    #expect(first.added == 3)
    #expect(first.resumed == 0)
    let again = try await reopened().add(AddRequest(files: [path], skipsSameContent: true)) { _ in }
    #expect(again.added == 0)
    #expect(again.skippedSame == 3)
  }

  @Test func anIDThatIsTakenStopsBeforeAnythingIsEmbedded() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("a.jsonl", #"{"content":"one","id":"x"}"#)
    _ = try await build(AddRequest(files: [path]))
    let session = try await reopened()
    await #expect {
      try await session.add(AddRequest(files: [path])) { _ in }
    } throws: { error in
      (error as? ExplorerError)?.message.contains("a.jsonl:1") == true
    }
  }

  @Test func whatDoesNotFitIsLeftOutOnRequest() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file(
      "a.jsonl",
      """
      {"content":"one","vector":[3,4],"id":"x"}
      {"content":"two","vector":[3,4,5]}
      {"content":"three","vector":[1,2],"id":"x"}
      {"content":"four","vector":[0,2]}
      """)
    await #expect(throws: ExplorerError.self) { try await build(AddRequest(files: [path])) }
    let report = try await build(AddRequest(files: [path], reading: SourceSettings(skipsBad: true)))
    #expect(report.added == 2)
    #expect(
      report.source.badRecords.map(\.message) == [
        "the vector has 3 numbers, the store has 2",
        "the id \"x\" is taken; give each document its own id, or leave it out",
      ])
    #expect(report.source.badRecords.map(\.line) == [2, 3])
    let again = AddRequest(
      files: [try file("b.jsonl", #"{"content":"one","vector":[1]}"#)],
      reading: SourceSettings(skipsBad: true))
    await #expect(throws: ExplorerError.self) { try await reopened().add(again) { _ in } }
  }

  @Test func aCacheThatCannotBeWrittenStopsNoBuild() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file("cache", "")
    let report = try await build(AddRequest(files: [try self.file("a.txt", "cats sleep")]))
    #expect(report.added == 1)
    #expect(report.notes.contains { $0.hasPrefix("vectors were not kept on the way") && $0.contains(file) })
    #expect(try await reopened().page(offset: 0, limit: 10, filter: nil).rows.count == 1)
  }

  @Test func addingIsOneStepOfUndo() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try await build(AddRequest(files: [try file("a.txt", "one")]))
    let session = try await reopened()
    _ = try await session.add(AddRequest(files: [try file("b.txt", "two"), try file("c.txt", "three")])) {
      _ in
    }
    #expect(await session.summary().added == 2)
    #expect(try await session.undo().count == 1)
  }

  @Test func aStoreThatIsThereIsNotBuiltOver() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let request = AddRequest(files: [try file("a.txt", "one")])
    _ = try await build(request)
    await #expect {
      _ = try await build(request)
    } throws: { error in
      (error as? ExplorerError)?.code == .cannotWrite
    }
  }

  @Test func filesWithoutTextBuildNothing() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("a.txt", " \n")
    await #expect(throws: ExplorerError.self) { _ = try await build(AddRequest(files: [path])) }
    #expect(!FileManager.default.fileExists(atPath: store))
  }

  @Test func vectorsOfAnotherProgramAreNotTakenOver() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = (0..<300).map { #"{"content":"text number \#($0)"}"# }.joined(separator: "\n")
    let request = AddRequest(files: [try file("a.jsonl", lines)])
    func build(_ line: String) async throws -> AddReport {
      try await Session.build(
        store, request, embedder: .command(["sh", "-c", line]), metric: .squaredL2, normalizes: false,
        environment: environment
      ) { _ in }.report
    }
    let second = "all=$(cat); case $all in *299*) exit 1;; esac; printf '%s\\n' \"$all\" | sed 's/.*/[1, 1]/'"
    await #expect(throws: ExplorerError.self) { try await build(second) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/cache/fathom/builds").count == 1)
    #expect(try await build("sed 's/.*/[2, 2]/'").resumed == 0)
  }

  @Test func aStoppedBuildGoesOnWhereItWas() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = (0..<700).map { #"{"content":"text number \#($0)"}"# }.joined(separator: "\n")
    let request = AddRequest(files: [try file("a.jsonl", lines)])
    let running = Mutex<Task<Void, any Error>?>(nil)
    let (ready, start) = AsyncStream<Void>.makeStream()
    let task = Task { [self] in
      for await _ in ready {}
      _ = try await Session.build(
        store, request, embedder: .hashing, metric: .squaredL2, normalizes: false, environment: environment
      ) { progress in
        if progress.completed >= 512 { running.withLock { $0?.cancel() } }
      }
    }
    running.withLock { $0 = task }
    start.finish()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(!FileManager.default.fileExists(atPath: "\(store)/index.faiss"))

    let report = try await build(request)
    #expect(report.added == 700)
    #expect(report.resumed >= 256)
    #expect(await (try reopened()).summary().count == 700)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/cache/fathom/builds").isEmpty)
  }
}
