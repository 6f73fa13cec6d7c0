import Foundation
import Synchronization
import Testing
import VectorStore

@testable import Explorer

/// Saves that somebody stops.
@Suite final class CancelledSaveTests {
  private let folder = NSTemporaryDirectory() + "fathom-cancelled-\(UUID().uuidString)"

  init() throws {
    let source = ConformanceTests.fixtures.appending(path: "stores/langchain-community-0.4.2/basic_l2").path
    try FileManager.default.copyItem(atPath: source, toPath: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var files: [String: Data] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data())
      })
  }

  @Test(arguments: ["writing vectors", "writing documents", "reading back", "comparing"])
  func nothingHasChangedAndTheNextSaveIsWhole(_ phase: String) async throws {
    let session = try await Session.open(folder, for: .exploring)
    try await session.delete(["doc-001"])
    let before = files
    let task = Task {
      try await session.save { step in
        if step.note == phase { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    // The first step of a phase cancels; the next one stops.
    let outcome = await task.result
    if case .failure(let error) = outcome {
      #expect(error is CancellationError)
      #expect(files == before)
      #expect(await session.summary().isModified)
    } else {
      Issue.record("a save that was cancelled while \(phase) was done")
    }
    _ = try await session.save()
    let saved = try await Session.open(folder)
    #expect(await saved.summary().count == 39)
  }
}
