import Foundation
import Testing
import VectorStore

@testable import Explorer

/// What people are told before it is done.
@Suite struct PlanTests {
  private func fixture(_ name: String) -> String { ConformanceTests.fixtures.appending(path: name).path }

  @Test func aGraphThatIsBuiltAnewIsTold() async throws {
    let session = try await Session.open(fixture("index-types/hnsw_flat_l2"))
    #expect(try await session.changes().notes.contains { $0.contains("graph") } == false)
    try await session.delete(["id5"])
    #expect(try await session.changes().notes.first?.contains("is built anew") == true)
  }

  @Test func anIndexThatCannotLoseRowsSaysSoBeforeTheSave() async throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture("index-types")).sorted() {
      guard let session = try? await Session.open(fixture("index-types/\(name)")) else { continue }
      guard let id = try await session.page(offset: 0, limit: 1, filter: nil).rows.first?.document.id else {
        continue
      }
      try await session.delete([id])
      let plan = try await session.changes()
      let isTold = plan.notes.contains { $0.contains("cannot be saved") }
      let place = NSTemporaryDirectory() + "fathom-plan-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: place) }
      let saved = try? await session.save(to: place)
      #expect((saved == nil) == isTold, "\(name)")
    }
  }

  @Test func vectorsOfOtherLengthsAreToldBeforeAMerge() async throws {
    let session = try await Session.open(fixture("stores/langchain-community-0.4.2/basic_l2"))
    let plan = try await session.planMerge(
      fixture("stores/langchain-community-0.4.2/normalize_l2"), policy: .rename)
    #expect(plan.problem == nil)
    #expect(plan.notes.first?.contains("have length 1") == true)
    let same = try await session.planMerge(
      fixture("stores/langchain-community-0.2.19/basic_l2"), policy: .rename)
    #expect(same.notes.isEmpty)
  }
}
