import Testing

@testable import VectorStore

@Suite struct StorePatchTests {
  /// What a version shows: ids, metadata and vectors in row order.
  private func shown(_ version: StoreVersion) throws -> [String] {
    try (0..<version.count).map { row in
      let document = version.document(atRow: row)
      return
        "\(document.id.text) \(document.content) \(MetadataValue.dictionary(document.metadata).json) "
        + "\(try version.vector(atRow: row))"
    }
  }

  /// The patch as another process would read it.
  private func written(_ patch: StorePatch, dimension: Int) throws -> StorePatch {
    var bytes: [UInt8] = []
    try JournalEntry(kind: .edit(patch), revision: 7, name: "n").encode { bytes += $0 }
    let entry = try JournalEntry(bytes, dimension: dimension)
    #expect(entry.revision == 7 && entry.name == "n")
    guard case .edit(let read) = entry.kind else { return StorePatch(oldCount: 0) }
    return read
  }

  @Test(arguments: 0..<60)
  func aPatchLeadsFromAnyVersionToAnyOther(seed: UInt64) async throws {
    var numbers = SeededNumbers(seed)
    let store = VectorStore(Stores.line)
    var versions = [await store.current]
    for step in 0..<12 {
      let ids = Stores.ids(await store.current).map { DocumentID($0) }
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0 where !ids.isEmpty:
        try await store.delete(
          ids.shuffled(using: &numbers).prefix(Int.random(in: 1...3, using: &numbers)).map { $0 })
      case 1:
        try await store.add(
          Stores.documents(["x\(step)", "y\(step)"]), vectors: Vectors([1, 2, 3, Float(step)], dimension: 2))
      case 2:
        let other = Stores.version(["m\(step)"], [[5, Float(step)]])
        _ = try await store.merge(other, named: "other", policy: .fail)
      case 3 where !ids.isEmpty:
        try await store.edit(
          [ids.randomElement(using: &numbers) ?? "a"], MetadataEdit(setting: ["step": .int(step)]))
      case 4 where !ids.isEmpty:
        let id = ids.randomElement(using: &numbers) ?? "a"
        try await store.replace(
          [Document(id: id, content: Text("content of \(step)"))],
          vectors: Vectors([9, Float(step)], dimension: 2))
      default: _ = try? await store.undo()
      }
      versions.append(await store.current)
    }
    for old in versions {
      for new in versions {
        let patch = StorePatch(from: old, to: new)
        #expect(try shown(old.applying(patch)) == shown(new))
        #expect(try shown(old.applying(written(patch, dimension: 2))) == shown(new))
      }
    }
  }

  @Test func aPatchOfAnotherVersionIsRefused() async throws {
    let line = Stores.line
    let store = VectorStore(line)
    try await store.delete(["a"])
    let patch = StorePatch(from: line, to: await store.current)
    #expect { try Stores.version(["a"], [[1, 1]]).applying(patch) } throws: { error in
      (error as? VectorStoreError)?.code == .journal
    }
  }

  @Test func valuesKeepTheirTypesAndBits() throws {
    let metadata: Metadata = [
      "none": .null, "bool": true, "int": .int(.min), "float": .float(-0.0), "nan": .float(.nan),
      "text": .string(Text(utf8: [0xED, 0xA0, 0x80])), "list": [1, "a"], "tuple": .tuple([1]),
      "dict": .dictionary(["k": 1.5]),
      "date": .foreign(ForeignValue(kind: "date", summary: "s", fields: ["iso": "2020"], encoded: [1, 2])),
    ]
    let document = Document(
      id: DocumentID("7", encoded: [75, 7]), content: Text(utf8: [0x61, 0xED, 0xB0, 0x80]),
      metadata: metadata,
      encoded: [3])
    var encoder = JournalEncoder()
    encoder.document(document)
    var decoder = JournalDecoder(encoder.bytes)
    #expect(try decoder.document() == document)
    #expect(decoder.isAtEnd)
  }

  @Test func damagedBytesNeverTrap() throws {
    var encoder = JournalEncoder()
    encoder.document(Stores.documents(["a"])[0])
    var numbers = SeededNumbers(5)
    for _ in 0..<2000 {
      var bytes = encoder.bytes
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers))
      var decoder = JournalDecoder(bytes)
      _ = try? decoder.document()
    }
  }
}
