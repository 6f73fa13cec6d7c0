import Foundation
import VectorStore

extension FuzzTarget {
  /// The journal of a session that ended before it saved, and the edits in it.
  static let journal = FuzzTarget("journal", seeds: journalSeeds) { bytes in
    let folder = try ScratchFolder()
    let mended = withRightChecksums(Array(bytes))
    _ = try mended.withUnsafeBytes { try folder.write($0, to: journalName) }
    let place = EditJournal.Place(folder: folder.path, store: storePath)
    guard let edits = UnsavedEdits.find(at: place, fingerprint: files) else { return }
    guard let version = try? edits.applied(to: documents) else { return }
    version.forEachDocument { _, document in _ = document.metadata.count }
    for row in 0..<version.count { _ = try? version.vector(atRow: row) }
  }

  private static let storePath = "/store/index.faiss"
  private static let files = "files"
  private static let documents = StoreVersion(
    dimension: 2, metric: .squaredL2,
    segments: [
      Segment(
        vectors: Vectors([0, 0, 1, 0, 2, 0], dimension: 2),
        documents: ["a", "b", "c"].map { Document(id: DocumentID($0), content: "text") }, origin: .file)
    ])
  /// Found by its beginning, which stands for the store's path, and its ending.
  private static let journalName = "c5b7f2ab4c47c36c-1-1.journal"

  private static func journalSeeds() async throws -> [[UInt8]] {
    let folder = try ScratchFolder()
    let journal = EditJournal(
      at: EditJournal.Place(folder: folder.path, store: storePath), fingerprint: files, dimension: 2)
    let session = VectorStore(documents, journal: journal)
    let new = Document(id: "n", content: "new", metadata: ["n": .int(1), "t": .tuple([.float(0.5), .null])])
    try await session.delete(["b"])
    try await session.add([new], vectors: Vectors([5, 5], dimension: 2))
    _ = try await session.edit(["a"], MetadataEdit(setting: ["draft": true]))
    _ = try await session.undo()
    _ = try await session.redo()
    try journal.willSave(fingerprint: "others", revision: 2)
    let bytes = try Data(contentsOf: URL(filePath: journal.path ?? ""))
    return [[UInt8](bytes)]
  }

  /// Mutations would all end at the checksums: each frame gets the one that its bytes have.
  private static func withRightChecksums(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var place = 0
    while place + 16 <= bytes.count {
      let count = bytes[place..<place + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard count <= UInt64(bytes.count - place - 16) else { break }
      let end = place + 8 + Int(count)
      let sum = bytes[place + 8..<end].reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      bytes.replaceSubrange(end..<end + 8, with: withUnsafeBytes(of: sum.littleEndian, Array.init))
      place = end + 8
    }
    return bytes
  }
}
