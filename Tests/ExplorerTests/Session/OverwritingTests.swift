import Foundation
import Testing
import VectorStore

@testable import Explorer

/// A save over files that another program has written since they were opened.
@Suite final class OverwritingTests {
  private let folder = NSTemporaryDirectory() + "fathom-overwriting-\(UUID().uuidString)"

  init() throws {
    let source = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    try FileManager.default.copyItem(atPath: source, toPath: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func code(_ body: () async throws -> Void) async -> ExplorerError.Code? {
    do { try await body() } catch { return (error as? ExplorerError)?.code }
    return nil
  }

  @Test func itIsDoneOnlyWhenAskedFor() async throws {
    let session = try await Session.open(folder, for: .exploring)
    try await session.delete(["doc-001"])
    do {
      let other = try await Session.open(folder, for: .writing)
      try await other.delete(["doc-002", "doc-003"])
      _ = try await other.save()
    }
    #expect(await code { _ = try await session.save() } == .changedOnDisk)
    _ = try await session.save(overwriting: true)
    let saved = try await Session.open(folder)
    #expect(await saved.summary().count == 39)
    let backup = try FileManager.default.attributesOfItem(atPath: folder + "/index.pkl.bak")
    let now = try FileManager.default.attributesOfItem(atPath: folder + "/index.pkl")
    #expect((backup[.size] as? Int ?? 0) < (now[.size] as? Int ?? 0))
  }

  @Test func vectorsThatWereOverwrittenInPlaceAreNotSavedAnywhere() async throws {
    let session = try await Session.open(folder, for: .exploring)
    try await session.delete(["doc-001"])
    let index = URL(filePath: folder + "/index.faiss")
    let bytes = try Data(contentsOf: index)
    let file = try FileHandle(forWritingTo: index)
    try file.write(contentsOf: bytes.reversed())
    try file.close()
    let documents = try Data(contentsOf: URL(filePath: folder + "/index.pkl"))
    #expect(await code { _ = try await session.save(overwriting: true) } == .cannotWrite)
    #expect(await code { _ = try await session.save(to: self.folder + "-elsewhere") } == .cannotWrite)
    #expect(try Data(contentsOf: URL(filePath: folder + "/index.pkl")) == documents)
    #expect(!FileManager.default.fileExists(atPath: folder + "-elsewhere"))
    var request = SearchRequest(query: .like(["doc-005"]))
    request.k = 3
    #expect(await code { _ = try await session.search(request) } == .inputOutput)
  }
}
