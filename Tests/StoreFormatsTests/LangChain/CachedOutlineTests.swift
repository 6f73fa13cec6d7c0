import Foundation
import Synchronization
import Testing
import VectorStore

@testable import StoreFormats

/// Stores that are opened again: what was worked out of their files comes from the cache, if it is of these files.
@Suite struct CachedOutlineTests {
  private let folder: TemporaryFolder
  private let cache: TemporaryFolder

  init() throws {
    (folder, cache) = (try TemporaryFolder(), try TemporaryFolder())
    let content = String(repeating: "naïve 漢字 ", count: 110)
    let documents = (0..<4_000).map { number in
      Document(
        id: DocumentID("id \(number)"), content: Text(content), metadata: ["n": .int(number), "lang": "en"])
    }
    let vectors = Vectors(documents.indices.map { Float($0) }, dimension: 1)
    let version = StoreVersion(
      dimension: 1, metric: .squaredL2,
      segments: [Segment(vectors: vectors, documents: documents, origin: .file)])
    var sink = try FileSink(path: folder.path + "/index.pkl", permissions: nil)
    try LangChainWriter(version: version, labels: Array(documents.indices), leftovers: DocstoreLeftovers())
      .write(to: &sink)
    try sink.finish()
    sink = try FileSink(path: folder.path + "/index.faiss", permissions: nil)
    try IndexWriter(version).write(to: &sink)
    try sink.finish()
    try age()
  }

  /// Makes the files old enough that every change since is seen.
  private func age(_ seconds: Double = 1_000_000) throws {
    for file in folder.files {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: "\(folder.path)/\(file)")
    }
  }

  /// The documents, and whether the pickle was gone through for them.
  private func read() throws -> (version: StoreVersion, wasScanned: Bool) {
    let steps = Mutex(0)
    let opened = try StoreReader(StoreLocation(path: folder.path), cacheFolder: cache.path + "/stores") { _ in
      steps.withLock { $0 += 1 }
    }.read()
    return (opened.version, steps.withLock { $0 } > 0)
  }

  private func rows(_ version: StoreVersion) -> [Document] {
    stride(from: 0, to: version.count, by: 97).map { version.document(atRow: $0) }
  }

  private var pieces: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.path + "/stores")) ?? []
    return names.map { "\(cache.path)/stores/\($0)" }
  }

  @Test func theSecondTimeNothingIsScanned() throws {
    let first = try read()
    #expect(first.wasScanned)
    let second = try read()
    #expect(!second.wasScanned)
    #expect(rows(first.version) == rows(second.version))
    for row in [0, 255, 256, 3_999] {
      let id = DocumentID("id \(row)")
      #expect(second.version.places(of: id).map { second.version.row(of: $0) } == [row])
      #expect(second.version.document(atRow: row).id == id)
    }
    #expect(!second.version.contains("id 4000"))
    #expect(second.version.parts[0].segment.documents.metadata(at: 17) == ["n": 17, "lang": "en"])
  }

  @Test func filesOfAnotherTimeAreScannedAnew() throws {
    _ = try read()
    let path = folder.path + "/index.pkl"
    var bytes = try folder.bytes("index.pkl")
    let place = try #require(bytes.range(of: Data("漢字".utf8), in: bytes.count / 2..<bytes.count))
    bytes.replaceSubrange(place, with: Data("字漢".utf8))
    // In place, as LangChain writes: the same file of the same size.
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: bytes)
    try handle.close()
    try age(2_000_000)
    let after = try read()
    #expect(after.wasScanned)
    var changed = 0
    after.version.forEachDocument { _, document in
      if document.content.string.contains("字漢") { changed += 1 }
    }
    #expect(changed == 1)
    // The piece of before has given way.
    #expect(pieces.count == 1)
  }

  @Test func filesThatAreStillWarmAreNotKept() throws {
    try age(Date().timeIntervalSince1970 + 1000)
    _ = try read()
    #expect(pieces.isEmpty)
    #expect(try read().wasScanned)
  }

  @Test func aDamagedPieceIsMadeAgain() throws {
    let documents = rows(try read().version)
    let path = try #require(pieces.first)
    let whole = try Data(contentsOf: URL(filePath: path))
    for place in stride(from: 3, to: whole.count, by: whole.count / 23) {
      var bytes = whole
      bytes[place] ^= 0x10
      try bytes.write(to: URL(filePath: path))
      let again = try read()
      #expect(rows(again.version) == documents, "byte \(place)")
    }
    try Data().write(to: URL(filePath: path))
    #expect(try read().wasScanned)
    #expect(try !read().wasScanned)
  }

  @Test func nothingIsLeftInTheFolderOfTheStore() throws {
    _ = try read()
    _ = try read()
    #expect(folder.files == ["index.faiss", "index.pkl"])
  }
}
