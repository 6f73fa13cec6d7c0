import Testing

@testable import VectorStore

struct StoreDifferenceTests {
  @Test func deletedAndMergedDocumentsAreNamedWithTheirRows() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["b", "e"])
    _ = try await store.merge(Stores.version(["x"], [[7, 7]]), named: "other", policy: .fail)
    let difference = StoreDifference(from: await store.saved, to: await store.current)
    #expect(difference.entries.map(\.kind) == [.deleted, .deleted, .merged(from: "other")])
    #expect(difference.entries.map(\.row) == [1, 4, 3])
    #expect(difference.entries.map(\.document.id.text) == ["b", "e", "x"])
  }

  @Test func undoingEverythingLeavesNoDifference() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["b"])
    try await store.undo()
    #expect(StoreDifference(from: await store.saved, to: await store.current).isEmpty)
  }

  @Test func aDocumentAddedAndDeletedAgainIsNoDifference() async throws {
    let store = VectorStore(Stores.line)
    try await store.add(Stores.documents(["x"]), vectors: Vectors([1, 1], dimension: 2))
    try await store.delete(["x"])
    #expect(StoreDifference(from: await store.saved, to: await store.current).isEmpty)
  }
}
