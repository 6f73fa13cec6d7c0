import Foundation
import Pickle
import Testing
import VectorStore

@testable import StoreFormats

/// Documents read one by one are those of the pickle read whole, and what is refused whole has no outline.
@Suite struct DocstoreOutlineTests {
  /// What both ways say of a pickle.
  private struct Contents: Equatable {
    var documents: [Document]
    /// How many were read without a value of Python's between.
    var plain = 0

    static func == (a: Contents, b: Contents) -> Bool { a.documents == b.documents }
  }

  private func outlined(_ bytes: [UInt8]) throws -> Contents? {
    try bytes.withUnsafeBytes { bytes in
      guard let outline = try DocstoreOutline(bytes) else { return nil }
      var plain = 0
      let documents = try (0..<outline.count).map { row in
        let key = try #require(outline.key(ofRow: row, in: bytes))
        let id = try DocumentID(.string(PickleString(bytes: Array(key))))
        #expect(outline.row(ofKey: key, in: bytes) == row)
        let document = try Document(#require(outline.document(ofRow: row, in: bytes)), id: id)
        guard case .dict(let entries)? = outline.metadata(ofRow: row, in: bytes) else {
          throw StoreFormatError(.badData, "no metadata")
        }
        #expect(try Metadata(entries) == document.metadata)
        if let quick = outline.plainDocument(ofRow: row, id: id, in: bytes) {
          #expect(quick == document)
          plain += 1
        }
        if let quick = outline.plainMetadata(ofRow: row, in: bytes) { #expect(quick == document.metadata) }
        return document
      }
      return Contents(documents: documents, plain: plain)
    }
  }

  private func whole(_ bytes: [UInt8]) throws -> Contents {
    let pickle = try LangChainPickle(PickleReader.read(bytes).value)
    #expect(pickle.mapping.map(\.row) == Array(0..<pickle.documents.count))
    return Contents(documents: try pickle.mapping.map { try #require(pickle.documents[$0.id]) })
  }

  private static let fixtures: [String] = {
    let root = Fixtures.path("stores")
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".pkl") }.sorted().map { "\(root)/\($0)" }
  }()

  private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  @Test func everyFixtureReadsTheSameBothWays() throws {
    var count = 0
    for path in Self.fixtures {
      let bytes = try bytes(path)
      guard let outlined = try outlined(bytes) else { continue }
      count += 1
      let whole = try whole(bytes)
      #expect(outlined == whole, "\(path)")
    }
    #expect(count >= 20)
  }

  /// What Python ignores: where a frame ends, and whether there is one.
  @Test func framesMayBeAbsentOrOfAnotherLength() throws {
    var count = 0
    for path in Self.fixtures {
      let bytes = try bytes(path)
      guard bytes.count > 11, bytes[2] == 0x95, let expected = try outlined(bytes) else { continue }
      count += 1
      for length in [0, 1, bytes.count - 11] {
        let other =
          bytes[..<3] + withUnsafeBytes(of: UInt64(length).littleEndian) { Array($0) } + bytes[11...]
        #expect(
          try outlined(Array(other)) == expected && whole(Array(other)) == expected, "\(path) \(length)")
      }
      let absent = Array(bytes[..<2] + bytes[11...])
      #expect(try outlined(absent) == expected && whole(absent) == expected, "\(path)")
      let tooLong =
        bytes[..<3] + withUnsafeBytes(of: UInt64(bytes.count - 10).littleEndian) { Array($0) } + bytes[11...]
      #expect(try outlined(Array(tooLong)) == nil, "\(path)")
      #expect { try whole(Array(tooLong)) } throws: { ($0 as? PickleError)?.code == .truncated }
    }
    #expect(count >= 20)
  }

  @Test(arguments: [
    "langchain-community-0.4.2/basic_l2", "langchain-community-0.4.2/type_nested",
    "langchain-community-0.4.2/after_delete", "langchain-community-0.4.2/after_merge",
    "langchain-community-0.2.19/basic_l2", "langchain-community-0.4.2/type_floats",
  ])
  func whatLangChainWritesHasAnOutline(store: String) throws {
    let outlined = try #require(try outlined(try bytes(Fixtures.path("stores/\(store)/index.pkl"))))
    // Lists of plain values are plain; dicts in dicts are not.
    #expect(store.contains("type_nested") || outlined.plain == outlined.documents.count)
  }

  /// Stores as Fathom saves them, of documents of many kinds.
  private func saved(_ seed: UInt64, count: Int) throws -> [UInt8] {
    var chance = Chance(seed)
    let documents = (0..<count).map { number -> Document in
      var metadata = Metadata()
      for _ in 0..<chance.below(5) { metadata["key \(chance.below(9))"] = chance.value(depth: 3) }
      return Document(id: DocumentID("id \(number)"), content: Text(chance.text()), metadata: metadata)
    }
    let folder = try TemporaryFolder()
    let vectors = Vectors((0..<count).map { Float($0) }, dimension: 1)
    let version = StoreVersion(
      dimension: 1, metric: .squaredL2,
      segments: [Segment(vectors: vectors, documents: documents, origin: .file)])
    _ = try StoreWriter(.folder(path: folder.path, name: "index")).write(version)
    return [UInt8](try folder.bytes("index.pkl"))
  }

  @Test func whatFathomSavesHasAnOutlineToo() throws {
    for seed in 1...20 {
      let bytes = try saved(UInt64(seed), count: 1 + seed * 7)
      let outlined = try #require(try outlined(bytes), "seed \(seed)")
      #expect(try outlined == whole(bytes), "seed \(seed)")
    }
    // More than one batch of items.
    let bytes = try saved(99, count: 2500)
    #expect(try outlined(bytes) == whole(bytes))
  }

  /// Random damage: what still has an outline is read whole to the same documents, never refused.
  ///
  /// `OUTLINE_MUTATIONS` sets how many pickles are tried.
  @Test func damagedPicklesReadTheSameBothWaysOrHaveNoOutline() throws {
    let seeds =
      try [
        "langchain-community-0.4.2/basic_l2", "langchain-community-0.4.2/type_nested",
        "langchain-community-0.4.2/after_merge", "langchain-community-0.2.19/basic_l2",
        "pickle-variants/proto5", "langchain-community-0.4.2/type_floats",
      ].map { try bytes(Fixtures.path("stores/\($0)/index.pkl")) } + [saved(7, count: 3)]
    var chance = Chance(20_261_123)
    let count = ProcessInfo.processInfo.environment["OUTLINE_MUTATIONS"].flatMap { Int($0) } ?? 3000
    var survived = 0
    for _ in 0..<count {
      var bytes = seeds[chance.below(seeds.count)]
      for _ in 0...chance.below(3) {
        let place = chance.below(bytes.count)
        switch chance.below(5) {
        case 0: bytes[place] = UInt8(chance.below(256))
        case 1: bytes[place] ^= 1 << UInt8(chance.below(8))
        case 2: bytes[place] = Self.opcodes[chance.below(Self.opcodes.count)]
        case 3: bytes.remove(at: place)
        default: bytes.insert(Self.opcodes[chance.below(Self.opcodes.count)], at: place)
        }
      }
      guard let outlined = try outlined(bytes) else { continue }
      survived += 1
      let read = Result { try whole(bytes) }
      guard case .success(outlined) = read else {
        Issue.record("read one by one, but whole \(read): \(bytes)")
        return
      }
    }
    #expect(survived > count / 50)
  }

  private static let opcodes: [UInt8] =
    Array("().0NKXGhju}bas]et".utf8) + [
      0x81, 0x85, 0x86, 0x87, 0x88, 0x8A, 0x8C, 0x8F, 0x90, 0x93, 0x94, 0x95,
    ]

  @Test func aKeyThatStandsTwiceIsReadWhole() throws {
    var writer = PickleWriter()
    writer.writeInstance(module: "langchain_community.docstore.in_memory", name: "InMemoryDocstore")
    writer.writeDict(["_dict"]) { writer, key in
      writer.writeText(key)
      writer.writeDict(["a", "a"]) { writer, id in
        writer.writeText(id)
        writer.writeInstance(module: "langchain_core.documents.base", name: "Document")
        writer.writeDict(["page_content"]) { writer, key in
          writer.writeText(key)
          writer.writeText(id)
        }
        writer.build()
      }
    }
    writer.build()
    writer.writeDict([0, 1]) { writer, row in
      writer.writeInt(row)
      writer.writeText("a")
    }
    writer.makePair()
    #expect(try outlined(writer.finish()) == nil)
  }
}

/// Documents that are read when asked for, while another program writes into their file.
@Suite struct OutlinedDocumentsTests {
  @Test(arguments: [0, 40, 3000]) func whatAnotherProgramOverwroteIsNeitherShownNorSaved(kept: Int) throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    let opened = try Fixtures.open(folder.path)
    #expect(opened.version.parts[0].segment.documents is OutlinedDocuments)
    let before = Fixtures.documents(opened.version)
    // As LangChain does: the file is opened for writing, and so emptied, and written anew.
    let bytes = try folder.bytes("index.pkl")
    let handle = try #require(FileHandle(forWritingAtPath: folder.path + "/index.pkl"))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(bytes.prefix(kept)) + Data(repeating: 0x94, count: 100))
    try handle.close()
    for (row, document) in Fixtures.documents(opened.version).enumerated() {
      let isGone = document.content.string == "this document cannot be read any more: its file has changed"
      #expect(isGone || document == before[row])
    }
    let target = try TemporaryFolder()
    #expect {
      _ = try StoreWriter(.folder(path: target.path + "/copy", name: "index")).write(opened.version)
    } throws: {
      ($0 as? StoreFormatError)?.message.contains("another program has written into") == true
    }
    #expect(target.files.isEmpty)
  }
}

/// Repeatable random values.
private struct Chance {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func text() -> String {
    let words = ["cat", "naïve", "漢字", "😀", "", "a long enough text to need more than a byte for its length"]
    return (0..<below(12)).map { _ in words[below(words.count)] }.joined(separator: " ")
  }

  mutating func value(depth: Int) -> MetadataValue {
    switch below(depth > 0 ? 9 : 6) {
    case 0: .null
    case 1: .bool(below(2) == 0)
    case 2: .int(Int(truncatingIfNeeded: next()) >> below(60))
    case 3: .float(Double(bitPattern: next() & 0x7FEF_FFFF_FFFF_FFFF))
    case 4, 5: .string(Text(text()))
    case 6: .list((0..<below(4)).map { _ in value(depth: depth - 1) })
    case 7: .tuple((0..<below(5)).map { _ in value(depth: depth - 1) })
    default:
      .dictionary(
        Metadata((0..<below(4)).map { (MetadataValue.string(Text("k\($0)")), value(depth: depth - 1)) }))
    }
  }
}
