import Foundation
import Testing
import VectorStore

@testable import Explorer

@Suite struct SessionEmbedderTests {
  private let folder = NSTemporaryDirectory() + "fathom-embedder-\(UUID().uuidString)"
  private var environment: [String: String] { ["HOME": folder] }

  /// A store of the hashing embedder.
  private func lexical() async throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "cats sleep\n\ndogs bark".write(toFile: "\(folder)/a.txt", atomically: true, encoding: .utf8)
    _ = try await Session.build(
      "\(folder)/store", AddRequest(files: ["\(folder)/a.txt"]), embedder: .hashing, metric: .squaredL2,
      normalizes: false, environment: ["HOME": "\(folder)/other"]
    ) { _ in }
    return "\(folder)/store"
  }

  @Test func anEmbedderWhoseVectorsAgreeIsFoundWithItsEvidence() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await Session.open(try await lexical(), environment: environment)
    #expect(session.embedderStatus == .unknown)
    let choice = try await session.embedderChoice()
    #expect(choice.origin == .guessed)
    #expect(choice.note == "these vectors are hashing's: 1 of 1 agree to the last bit")
    #expect(session.embedderStatus.name == "hashing (lexical)")
  }

  @Test func whatAPersonChoseIsRememberedOnceItWorked() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try await lexical()
    let first = try await Session.open(path, embedder: .hashing, environment: environment)
    _ = try await first.search(SearchRequest(query: .text("cats")))
    let second = try await Session.open(path, environment: environment)
    #expect(try await second.embedderChoice().origin == .remembered)
  }

  @Test func vectorsOfAnUnknownModelLeaveTextWithoutAnAnswer() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await Session.open(Self.foreign, environment: environment)
    let choice = try await session.embedderChoice()
    #expect(choice.embedder == nil)
    #expect(session.embedderStatus.isMissing)
    await #expect {
      _ = try await session.search(SearchRequest(query: .text("cats")))
    } throws: { error in
      (error as? ExplorerError)?.code == .embedderUnavailable
    }
    // All else still works.
    let id = try #require(try await session.page(offset: 0, limit: 1, filter: nil).rows.first?.document.id)
    #expect(try await session.search(SearchRequest(query: .like([id]), k: 3)).hits.count == 3)
  }

  @Test func anEmbedderOfOnesOwnChoiceAnswersWithAWarningWhereItDoesNotFit() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try await Session.open(Self.foreign, environment: environment)
    #expect(try await session.useEmbedder(.hashing).probe?.fits == false)
    let result = try await session.search(SearchRequest(query: .text("cats")))
    #expect(result.notices.contains { $0.contains("not made by the hashing embedder") })
    // What did not fit is not remembered.
    let next = try await Session.open(Self.foreign, environment: environment)
    #expect(try await next.embedderChoice().origin == .guessed)
  }

  @Test func aModelThatIsNotInstalledSaysHowToGetIt() async throws {
    let session = try await Session.open(Self.foreign, embedder: .miniLM(), environment: environment)
    #expect(try await session.embedderChoice().note.contains("fathom model install"))
  }

  private static let foreign = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/stores/langchain-community-0.4.2/basic_l2").path
}
