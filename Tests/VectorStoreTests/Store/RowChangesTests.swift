import Testing

@testable import VectorStore

@Suite struct RowChangesTests {
  @Test func manyRowsChangeInOneStepAndUndoTakesAllBack() async throws {
    let store = VectorStore(Stores.line)
    var changes = RowChanges()
    changes.deleted = [1, 4]
    var renamed = Stores.line.document(atRow: 2)
    renamed.id = "new"
    var rewritten = Stores.line.document(atRow: 0)
    rewritten.content = "other"
    changes.documents = [2: renamed, 0: rewritten]
    changes.vectors = [3: [9, 9]]
    try await store.apply(changes, of: 0, as: "repair")
    let version = await store.current
    #expect(Stores.ids(version) == ["a", "new", "d"])
    #expect(version.document(atRow: 0).content == "other")
    #expect(try version.vector(atRow: 0) == [0, 0])
    #expect(try version.vector(atRow: 1) == [2, 0])
    #expect(try version.vector(atRow: 2) == [9, 9])
    #expect(try await store.undo() == "repair")
    #expect(Stores.ids(await store.current) == ["a", "b", "c", "d", "e"])
  }

  @Test func anIDThatIsTakenAndAStoreThatWasEditedChangeNothing() async throws {
    let store = VectorStore(Stores.line)
    var changes = RowChanges()
    var renamed = Stores.line.document(atRow: 2)
    renamed.id = "a"
    changes.documents = [2: renamed]
    await #expect(throws: VectorStoreError.self) { try await store.apply(changes, of: 0, as: "repair") }
    await #expect(throws: VectorStoreError.self) { try await store.apply(RowChanges(), of: 7, as: "repair") }
    #expect(await store.revision == 0)
  }

  @Test func aMaskOfRowsHasThoseRows() {
    let mask = Stores.line.mask(rows: [1, 3])
    #expect(mask.count == 2)
    #expect(Stores.line.rows(in: mask, offset: 0, limit: 9) == [1, 3])
  }
}
