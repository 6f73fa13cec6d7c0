import Foundation
import Testing

@testable import VectorStore

@Suite final class StoreCacheTests {
  private let folder = NSTemporaryDirectory() + "fathom-cache-\(UUID().uuidString)/stores"

  deinit { try? FileManager.default.removeItem(atPath: folder.parentFolder) }

  private func cache(_ key: String = "files", place: String = "store", bound: Int = 1 << 20) -> StoreCache {
    StoreCache(folder: folder, place: place, key: key, bound: bound)
  }

  private func keep(_ sections: [[UInt8]], as name: String = "piece", in cache: StoreCache) {
    // Copies that stay where they are, as the sections of a mapped file do.
    let memory = sections.map { section in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: section.count, alignment: 8)
      copy.copyBytes(from: section)
      return copy
    }
    cache.keep(name, memory.map { UnsafeRawBufferPointer($0) })
    for copy in memory { copy.deallocate() }
  }

  private func kept(_ name: String = "piece", in cache: StoreCache) -> [[UInt8]]? {
    cache.piece(name).map { piece in withExtendedLifetime(piece.owner) { piece.sections.map(Array.init) } }
  }

  private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  private static let sections: [[UInt8]] = [Array(0..<70), [], Array(repeating: 7, count: 64), [1]]

  @Test func whatWasKeptIsThereAgainForNobodyElse() throws {
    keep(Self.sections, in: cache())
    #expect(kept(in: cache()) == Self.sections)
    #expect(kept("other", in: cache()) == nil)
    #expect(kept(in: cache(place: "elsewhere")) == nil)
    let file = try #require(files.first)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let own = try FileManager.default.attributesOfItem(atPath: folder)
    #expect(own[.posixPermissions] as? Int == 0o700)
  }

  @Test func sectionsAreAligned() throws {
    keep(Self.sections, in: cache())
    let piece = try #require(cache().piece("piece"))
    #expect(piece.sections.allSatisfy { Int(bitPattern: $0.baseAddress) % 64 == 0 })
  }

  @Test func whatIsOfOtherFilesIsRemoved() {
    keep(Self.sections, in: cache())
    #expect(kept(in: cache("files written since")) == nil)
    #expect(files.isEmpty)
  }

  /// A bit of every byte of the file, each alone.
  @Test func noDamageIsTrusted() throws {
    keep(Self.sections, in: cache())
    let path = "\(folder)/\(try #require(files.first))"
    let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
    // Between the sections lies what nothing is read from.
    let header = try #require(whole.withUnsafeBytes { CacheHeader($0) })
    let length = whole.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    let used = [0..<length] + header.sections.map(\.range)
    for place in used.joined() {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      try Data(bytes).write(to: URL(filePath: path))
      guard kept(in: cache()) == nil, !FileManager.default.fileExists(atPath: path) else {
        Issue.record("bit \(place % 8) of byte \(place) is not missed")
        return
      }
    }
    for count in [0, 1, 15, 16, length - 1, length, whole.count - 1] {
      try Data(whole.prefix(count)).write(to: URL(filePath: path))
      #expect(kept(in: cache()) == nil, "\(count) bytes")
    }
    try Data(whole + [0]).write(to: URL(filePath: path))
    #expect(kept(in: cache()) == nil)
    keep(Self.sections, in: cache())
    #expect(kept(in: cache()) == Self.sections)
  }

  @Test func swappedWordsMakeAnotherChecksum() {
    func sum(_ words: [UInt64]) -> UInt64 { words.withUnsafeBytes { CacheChecksum.of($0) } }
    let words = (0..<64).map { UInt64($0) }
    let top: UInt64 = 1 << 63
    var others = [words.reversed(), Array(words.dropLast()), words + [0], Array(words[4...] + words[..<4])]
    // The highest bits of two words that one sum takes.
    others.append(words.enumerated().map { $0.offset == 0 || $0.offset == 4 ? $0.element ^ top : $0.element })
    #expect(Set(others.map(sum) + [sum(words)]).count == others.count + 1)
  }

  @Test func theOldestPiecesGiveWay() throws {
    let cache = cache(bound: 3000)
    for (number, name) in ["a", "b", "c"].enumerated() {
      keep([Array(repeating: 1, count: 1000)], as: name, in: cache)
      for file in files {
        let path = "\(folder)/\(file)"
        var status = stat()
        guard stat(path, &status) == 0, status.st_atim.tv_sec > 10 else { continue }
        utimensat(AT_FDCWD, path, [timespec(tv_sec: number, tv_nsec: 0), status.st_mtim], 0)
      }
    }
    #expect(kept("a", in: cache) == nil)
    #expect(kept("b", in: cache) != nil)
    // "b" was used since "c" was kept.
    keep([Array(repeating: 1, count: 1000)], as: "d", in: cache)
    #expect(kept("c", in: cache) == nil)
    #expect(kept("b", in: cache) != nil)
    #expect(kept("d", in: cache) != nil)
    keep([Array(repeating: 1, count: 4000)], as: "e", in: cache)
    #expect(kept("e", in: cache) == nil)
    #expect(kept("d", in: cache) != nil)
  }

  @Test func whereNothingCanBeWrittenNothingIsKept() throws {
    try FileManager.default.createDirectory(atPath: folder.parentFolder, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: folder))
    keep(Self.sections, in: cache())
    #expect(kept(in: cache()) == nil)
  }

  @Test func columnsComeBackAsTheyWere() throws {
    let values: [MetadataValue?] = [
      nil, .null, true, 0, 1.0, .float(.nan), "", "漢字", .list([1, "a", .null]), .tuple([]), ["x": ["y": 2]],
    ]
    let codes = (0..<500).map { UInt32($0 * 7 % values.count) }
    let path = FieldPath(keys: ["a", "b"])
    cache().keep(MetadataColumn(values: values, codes: codes), of: path)
    let column = try #require(cache().column(path, rows: 500))
    #expect(column.codes == codes)
    #expect(column.values.map { $0?.json } == values.map { $0?.json })
    #expect(cache().column(path, rows: 499) == nil)
    #expect(cache().column(FieldPath("a.b"), rows: 500) == nil)
  }

  @Test func aColumnOfOtherCodesIsNotTaken() {
    cache().keep(MetadataColumn(values: [nil, 1], codes: [0, 1, 2]), of: FieldPath("a"))
    #expect(cache().column(FieldPath("a"), rows: 3) == nil)
  }

  @Test func aStoreAsksItsCacheAndFillsIt() async throws {
    func store() -> VectorStore {
      VectorStore(
        StoreVersion(
          dimension: 1, metric: .squaredL2,
          segments: [
            Segment(
              vectors: Vectors([0, 1, 2], dimension: 1), documents: CountedDocuments(), origin: .file,
              cache: cache())
          ]))
    }
    let filter = try Filter(parsing: "n >= 1")
    for _ in 0..<2 {
      let store = store()
      let version = await store.current
      try await version.prepare(filter)
      #expect(try version.mask(filter).count == 2)
      #expect(try await version.keyCounts() == ["n": 3])
      try await store.edit(["1"], MetadataEdit(setting: ["n": 0]))
      #expect(try await store.current.mask(filter).count == 1)
    }
    #expect(files.count == 2)
    // From now on the cache alone answers.
    let documents = CountedDocuments(isReadable: false)
    let segment = Segment(
      vectors: Vectors([0, 1, 2], dimension: 1), documents: documents, origin: .file, cache: cache())
    #expect(try segment.column(FieldPath("n")).codes.count == 3)
    #expect(try await segment.keyCounts() == ["n": 3])
  }
}

/// Three documents whose "n" is their position; with `isReadable` false their metadata must not be asked for.
private struct CountedDocuments: DocumentSource {
  var isReadable = true
  let count = 3

  func id(at position: Int) -> DocumentID { DocumentID("\(position)") }
  func document(at position: Int) -> Document {
    Document(id: id(at: position), content: "", metadata: metadata(at: position))
  }
  func metadata(at position: Int) -> Metadata {
    #expect(isReadable)
    return ["n": .int(position)]
  }
  func check() {}
}
