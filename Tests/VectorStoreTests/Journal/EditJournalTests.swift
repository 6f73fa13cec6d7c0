import Foundation
import Testing

@testable import VectorStore

@Suite struct EditJournalTests {
  private let folder = NSTemporaryDirectory() + "fathom-journal-\(UUID().uuidString)"
  private var place: EditJournal.Place { .init(folder: folder, store: "/a/store/index.faiss") }

  private func session(_ version: StoreVersion = Stores.line, files: String = "F0") -> VectorStore {
    VectorStore(version, journal: EditJournal(at: place, fingerprint: files, dimension: 2))
  }

  private func found(files: String = "F0") -> UnsavedEdits? { .find(at: place, fingerprint: files) }

  private var journals: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  private func onlyFile() throws -> String { "\(folder)/\(try #require(journals.first))" }

  /// A session that deletes, undoes, edits, and is gone without a save.
  private func crash() async throws {
    let store = session()
    try await store.delete(["b"])
    try await store.edit(["c"], MetadataEdit(setting: ["draft": true]))
    try await store.delete(["a"])
    try await store.undo()
    _ = try await store.merge(Stores.version(["m"], [[7, 7]]), named: "other", policy: .fail)
  }

  @Test func editsOfASessionThatEndedAreThereForTheNext() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await crash()
    let edits = try #require(found())
    #expect(
      edits.names == [
        "delete 1 document", "edit 1 document", "delete 1 document", "undo delete 1 document",
        "merge 1 document from other",
      ])
    let next = session()
    try await next.recover(edits)
    #expect(Stores.ids(await next.current) == ["a", "c", "d", "e", "m"])
    #expect(try await next.current.vector(atRow: 4) == [7, 7])
    #expect(await next.current.document(atRow: 1).metadata["draft"] == true)
    #expect(try await next.undo() == "merge 1 document from other")
    #expect(try await next.undo() == "edit 1 document")
  }

  @Test func aRecoveredSessionGoesOnInItsJournal() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await crash()
    do {
      let second = session()
      try await second.recover(try #require(found()))
      try await second.delete(["e"])
    }
    #expect(journals.count == 1)
    let third = session()
    try await third.recover(try #require(found()))
    #expect(Stores.ids(await third.current) == ["a", "c", "d", "m"])
  }

  @Test func aLivingSessionKeepsItsEditsToItself() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = session()
    try await store.delete(["b"])
    #expect(found() == nil)
    #expect(journals.count == 1)
    try await store.undo()
  }

  @Test(arguments: [1, 9, 40])
  func whatWasCutOffAtTheEndIsLeftOut(bytes: Int) async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await crash()
    let path = try onlyFile()
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    #expect(truncate(path, off_t(size - bytes)) == 0)
    let next = session()
    try await next.recover(try #require(found()))
    #expect(Stores.ids(await next.current) == ["a", "c", "d", "e"])
    try await next.delete(["d"])
    // The next reader must see what came after the cut.
    let contents = JournalFileReader.names(at: path)
    #expect(contents.last == "delete 1 document")
    #expect(contents.count == 5)
  }

  @Test func aSaveThatTookPlaceIsNoLoss() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let journal = EditJournal(at: place, fingerprint: "F0", dimension: 2)
      let store = VectorStore(Stores.line, journal: journal)
      try await store.delete(["b"])
      try journal.willSave(fingerprint: "F1", revision: await store.revision)
      try await store.delete(["c"])
    }
    // Killed before the renames: all edits are unsaved. After them: only what came later.
    do {
      let before = try #require(found(files: "F0"))
      #expect(before.names.count == 2)
    }
    let after = try #require(found(files: "F1"))
    #expect(after.names == ["delete 1 document"])
    let next = session(
      Stores.version(["a", "c", "d", "e"], [[0, 0], [2, 0], [3, 0], [4, 0]]), files: "F1")
    try await next.recover(after)
    #expect(Stores.ids(await next.current) == ["a", "d", "e"])
  }

  @Test func undoBeyondASaveCanBeRecovered() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let store = session()
      try await store.delete(["b"])
      await store.markSaved(await store.current, revision: await store.revision, fingerprint: "F1")
      #expect(journals.isEmpty)
      try await store.undo()
    }
    let onDisk = Stores.version(["a", "c", "d", "e"], [[0, 0], [2, 0], [3, 0], [4, 0]])
    let next = session(onDisk, files: "F1")
    try await next.recover(try #require(found(files: "F1")))
    #expect(Stores.ids(await next.current) == ["a", "b", "c", "d", "e"])
    #expect(try await next.current.vector(atRow: 1) == [1, 0])
  }

  @Test func editsOfOtherFilesAreKeptAndNotApplied() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await crash()
    let edits = try #require(found(files: "F9"))
    #expect(!edits.fitsFiles)
    #expect(journals.count == 1)
  }

  @Test func anEditThatCannotBeKeptIsNotMade() async throws {
    let file = NSTemporaryDirectory() + "fathom-file-\(UUID().uuidString)"
    #expect(FileManager.default.createFile(atPath: file, contents: nil))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let journal = EditJournal(at: .init(folder: "\(file)/x", store: "s"), fingerprint: "F", dimension: 2)
    let store = VectorStore(Stores.line, journal: journal)
    let error = await #expect(throws: VectorStoreError.self) { try await store.delete(["a"]) }
    #expect(error?.code == .journal)
    #expect(await store.current.count == 5)
  }

  @Test func whatIsSavedOrAbandonedLeavesNoFile() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = EditJournal(at: place, fingerprint: "F0", dimension: 2)
    let store = VectorStore(Stores.line, journal: journal)
    try await store.delete(["a"])
    #expect(try FileManager.default.attributesOfItem(atPath: onlyFile())[.posixPermissions] as? Int == 0o600)
    journal.discard()
    #expect(journals.isEmpty)
    try await store.delete(["b"])
    await store.markSaved(await store.current, revision: await store.revision, fingerprint: "F1")
    #expect(journals.isEmpty)
  }
}

/// The edits in a file that a session still holds.
private enum JournalFileReader {
  static func names(at path: String) -> [String] {
    let copy = path + ".copy"
    defer { unlink(copy) }
    try? FileManager.default.copyItem(atPath: path, toPath: copy)
    return JournalFile(orphan: copy)?.read()?.entries.map(\.name) ?? []
  }
}
