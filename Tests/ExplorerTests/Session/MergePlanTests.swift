import Explorer
import Foundation
import Testing
import VectorStore

/// What becomes of each document of the other store.
@Suite final class MergePlanTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "plan-\(UUID().uuidString)")
  private let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("sample-data/foobar")

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: sample, to: root.appendingPathComponent("own"))
  }
  deinit { try? FileManager.default.removeItem(at: root) }

  private func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// A store that has lost its first row, and the whole one to merge into it: seven of eight ids collide.
  private func session() async throws -> Session {
    let session = try await Session.open(path("own"))
    let first = try await session.page(offset: 0, limit: 1, filter: nil).rows[0].document.id
    try await session.delete([first])
    _ = try await session.save(to: path("own"))
    return session
  }

  @Test func everyDocumentHasItsFate() async throws {
    let session = try await session()
    let skip = try await session.planMerge(sample.path, policy: .skip)
    #expect(skip.fates.map(\.kind) == [.added] + [.skipped] * 7)
    #expect(skip.fates.map(\.row) == [7] + [nil] * 7)
    #expect(skip.fates.map(\.ownRow) == [nil] + Array(0..<7))

    let rename = try await session.planMerge(sample.path, policy: .rename)
    #expect(rename.fates.map(\.kind) == [.added] + [.renamed] * 7)
    #expect(rename.fates.map(\.row) == Array(7..<15))
    #expect(rename.fates[1].newID?.text == rename.fates[1].id.text + "~2")

    let replace = try await session.planMerge(sample.path, policy: .replace)
    #expect(replace.fates.map(\.kind) == [.added] + [.replaces] * 7)
    #expect(replace.fates.map(\.row) == Array(0..<8))

    let fail = try await session.planMerge(sample.path, policy: .fail)
    #expect(fail.problem != nil)
    #expect(fail.fates.map(\.kind) == [.added] + [.collides] * 7)
  }

  @Test func theMergeDoesWhatThePlanSays() async throws {
    for policy in [DuplicatePolicy.skip, .rename, .replace] {
      let session = try await session()
      let plan = try await session.planMerge(sample.path, policy: policy)
      try await session.merge(sample.path, policy: policy)
      let rows = try await session.page(offset: 0, limit: 100, filter: nil).rows
      #expect(rows.count == plan.resultCount)
      for fate in plan.fates {
        guard let row = fate.row else { continue }
        #expect(rows[row].document.id == fate.newID)
      }
      try await session.undo()
      try FileManager.default.removeItem(atPath: path("own"))
      try FileManager.default.copyItem(at: sample, to: root.appendingPathComponent("own"))
    }
  }
}

private func * <Element>(array: [Element], count: Int) -> [Element] { (0..<count).flatMap { _ in array } }
