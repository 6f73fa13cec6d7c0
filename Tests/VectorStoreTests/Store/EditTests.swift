import Testing

@testable import VectorStore

@Suite struct EditTests {
  private func store() async throws -> VectorStore {
    let documents = (0..<4).map { row in
      Document(
        id: DocumentID("id\(row)"), content: Text("text \(row)"), metadata: ["page": .int(row), "lang": "en"])
    }
    let segment = Segment(vectors: Vectors([0, 1, 2, 3], dimension: 1), documents: documents, origin: .file)
    return VectorStore(StoreVersion(dimension: 1, metric: .squaredL2, segments: [segment]))
  }

  private func metadata(_ store: VectorStore) async -> [Metadata] {
    let version = await store.current
    return (0..<version.count).map { version.document(atRow: $0).metadata }
  }

  @Test func keysAreSetInPlaceAndNewOnesComeLast() async throws {
    let store = try await store()
    let count = try await store.edit(
      ["id1", "id3"], MetadataEdit(setting: ["page": "vi", "new": 1.5], removing: ["lang"]))
    #expect(count == 2)
    #expect(await metadata(store)[1].entries.map(\.key) == ["page", "new"])
    #expect(await metadata(store)[3] == ["page": "vi", "new": 1.5])
    #expect(await metadata(store)[0] == ["page": 0, "lang": "en"])
  }

  @Test func rowsVectorsAndIdsStay() async throws {
    let store = try await store()
    _ = try await store.edit(["id2"], MetadataEdit(setting: ["page": 9]))
    let version = await store.current
    #expect(try version.vector(atRow: 2) == [2])
    #expect(version.places(of: "id2").map { version.row(of: $0) } == [2])
    #expect(try version.mask { $0.metadata["page"] == 9 }.count == 1)
  }

  @Test func undoAndRedoGoAcrossEditsAndDeletes() async throws {
    let store = try await store()
    _ = try await store.edit(["id2"], MetadataEdit(setting: ["page": 9]))
    try await store.delete(["id0"])
    _ = try await store.edit(["id2"], MetadataEdit(removing: ["page"]))
    #expect(await metadata(store)[1]["page"] == nil)
    try await store.undo()
    #expect(await metadata(store)[1]["page"] == 9)
    try await store.undo()
    try await store.undo()
    #expect(await metadata(store).map { $0["page"] } == [0, 1, 2, 3])
    try await store.redo()
    #expect(await metadata(store)[2]["page"] == 9)
  }

  @Test func anEditThatChangesNothingIsNoStep() async throws {
    let store = try await store()
    #expect(try await store.edit(["id2"], MetadataEdit(setting: ["page": 2], removing: ["absent"])) == 0)
    #expect(await store.snapshot.undoName == nil)
  }

  @Test func theDifferenceNamesEditedDocumentsWithWhatTheyWere() async throws {
    let store = try await store()
    _ = try await store.edit(["id1", "id3"], MetadataEdit(setting: ["page": 9]))
    try await store.delete(["id3"])
    let snapshot = await store.snapshot
    let difference = StoreDifference(from: snapshot.saved, to: snapshot.version)
    #expect(difference.entries.map(\.kind) == [.deleted, .edited])
    #expect(difference.entries.last?.before?.metadata["page"] == 1)
    #expect(difference.entries.last?.document.metadata["page"] == 9)
  }

  @Test func unknownIdsAndForeignClassesChangeNothing() async throws {
    let store = try await store()
    await #expect(throws: VectorStoreError.self) {
      try await store.edit(["id1", "nobody"], MetadataEdit(setting: ["page": 9]))
    }
    let foreign = Segment(
      vectors: Vectors([0], dimension: 1), documents: [Document(id: "x", content: "a", encoded: [0x4E])],
      origin: .file)
    let other = VectorStore(StoreVersion(dimension: 1, metric: .squaredL2, segments: [foreign]))
    await #expect(throws: VectorStoreError.self) {
      try await other.edit(["x"], MetadataEdit(setting: ["a": 1]))
    }
    #expect(await store.snapshot.undoName == nil)
  }

  @Test func anEditedStoreMergesAsItIsNow() async throws {
    let (source, target) = (try await store(), try await store())
    _ = try await source.edit(["id1"], MetadataEdit(setting: ["page": 9]))
    _ = try await target.merge(await source.current, named: "source", policy: .rename)
    #expect(await metadata(target)[5]["page"] == 9)
  }
}
