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

  @Test func countsAreThoseOfTheEntries() async throws {
    let store = VectorStore(Stores.line)
    func check() async {
      let (old, new) = (await store.saved, await store.current)
      let (counts, entries) = (
        StoreDifference.EditCounts(from: old, to: new), StoreDifference(from: old, to: new).entries
      )
      #expect(counts.deleted == entries.count { $0.kind == .deleted })
      #expect(counts.added == entries.count { $0.kind == .added })
      #expect(counts.merged == entries.count { $0.kind == .merged(from: "other") })
      #expect(counts.edited == entries.count { $0.kind == .edited })
    }
    await check()
    _ = try await store.merge(Stores.version(["x", "y"], [[7, 7], [8, 8]]), named: "other", policy: .fail)
    try await store.delete(["b", "x", "e"])
    await check()
    #expect(StoreDifference.EditCounts(from: await store.saved, to: await store.current).merged == 1)
    // A document that went and came again was edited.
    try await store.add(Stores.documents(["b", "z"]), vectors: Vectors([1, 1, 2, 2], dimension: 2))
    await check()
    let counts = StoreDifference.EditCounts(from: await store.saved, to: await store.current)
    #expect(counts.edited == 1 && counts.deleted == 1 && counts.added == 1)
  }
}
