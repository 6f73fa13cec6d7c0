import Testing

@testable import VectorStore

struct VectorStoreTests {
  @Test func deletingRenumbersTheRows() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["b", "d"])
    let version = await store.current
    #expect(Stores.ids(version) == ["a", "c", "e"])
    #expect(version.document(atRow: 1).id == "c")
    #expect(try version.vector(atRow: 2) == [4, 0])
    #expect(version.places(of: "c").map(version.row) == [1])
  }

  @Test func deletingAnUnknownIDChangesNothing() async throws {
    let store = VectorStore(Stores.line)
    await #expect(throws: VectorStoreError.self) { try await store.delete(["a", "nobody"]) }
    #expect(await store.current.count == 5)
    #expect(await store.revision == 0)
  }

  @Test func anIDGivenTwiceIsDeletedOnce() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["a", "a"])
    #expect(Stores.ids(await store.current) == ["b", "c", "d", "e"])
  }

  @Test func deletingARepeatedIDTakesAllItsRows() async throws {
    let store = VectorStore(Stores.version(["a", "b", "a"], [[0], [1], [2]]))
    try await store.delete(["a"])
    #expect(Stores.ids(await store.current) == ["b"])
  }

  @Test func undoAndRedoWalkThroughAllEdits() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["a"])
    try await store.add(Stores.documents(["x"]), vectors: Vectors([9, 9], dimension: 2))
    try await store.delete(["x", "c"])
    #expect(await store.snapshot.undoName == "delete 2 documents")
    let last = Stores.ids(await store.current)
    for _ in 0..<3 { try await store.undo() }
    #expect(Stores.ids(await store.current) == ["a", "b", "c", "d", "e"])
    await #expect(throws: VectorStoreError.self) { try await store.undo() }
    for _ in 0..<3 { try await store.redo() }
    #expect(Stores.ids(await store.current) == last)
    await #expect(throws: VectorStoreError.self) { try await store.redo() }
  }

  @Test func anEditAfterUndoForgetsTheRedo() async throws {
    let store = VectorStore(Stores.line)
    try await store.delete(["a"])
    try await store.undo()
    try await store.delete(["b"])
    await #expect(throws: VectorStoreError.self) { try await store.redo() }
  }

  @Test func addingATakenIDAddsNothing() async throws {
    let store = VectorStore(Stores.line)
    await #expect(throws: VectorStoreError.self) {
      try await store.add(Stores.documents(["x", "a"]), vectors: Vectors([1, 1, 2, 2], dimension: 2))
    }
    await #expect(throws: VectorStoreError.self) {
      try await store.add(Stores.documents(["x", "x"]), vectors: Vectors([1, 1, 2, 2], dimension: 2))
    }
    #expect(await store.current.count == 5)
  }

  @Test func addingAnotherDimensionIsRefusedWithBothNumbers() async throws {
    let store = VectorStore(Stores.line)
    let error = await #expect(throws: VectorStoreError.self) {
      try await store.add(Stores.documents(["x"]), vectors: Vectors([1, 2, 3], dimension: 3))
    }
    #expect(error?.code == .dimension)
    #expect(error?.message.contains("3 dimensions") == true)
  }
}
