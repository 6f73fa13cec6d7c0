import Testing

@testable import VectorStore

@Suite struct MetadataColumnTests {
  /// Documents whose metadata have every kind of value under a few keys.
  private func version(_ numbers: inout SeededNumbers, count: Int) -> StoreVersion {
    let values: [MetadataValue] = [
      .null, true, false, 0, 1, 2, 1.0, 2.5, .float(.nan), "", "a", "Abc", "2024-05-06", .list([1, "a"]), [],
      .tuple([1]), .dictionary(["x": 1]), .dictionary(["x": "a"]), .dictionary([:]),
    ]
    let documents = (0..<count).map { number in
      var metadata: Metadata = [:]
      for key in ["a", "b", "a.x"] where Bool.random(using: &numbers) {
        metadata[key] = values.randomElement(using: &numbers)
      }
      return Document(id: DocumentID("\(number)"), content: "", metadata: metadata)
    }
    return StoreVersion(
      dimension: 1, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors([Float](repeating: 0, count: count), dimension: 1), documents: documents,
          origin: .file)
      ])
  }

  @Test(arguments: 0..<40) func columnsAnswerAsEachDocumentDoes(seed: UInt64) async throws {
    var numbers = SeededNumbers(seed)
    let store = VectorStore(version(&numbers, count: 120))
    try await store.delete(["3", "77", "64"])
    try await store.edit(
      ["5", "63", "100"], MetadataEdit(setting: ["a": 2, "b": "edited"], removing: ["a.x"]))
    let current = await store.current
    let filters = [
      "a", "not a", "a = 1", "a != 1", "a >= 1 and b < 2", "a in [1, \"a\", none]", "exists b",
      "not exists b",
      "a has 1", "a ~ \"a\"", "b =~ /^[aA]/", "a.x = 1", "a is int", "a is number or b is text",
      "not (a = 1 or b = 2)", "b = \"edited\"", "b >= 2024-01-01", #"{"a": {"$gt": 0}, "b": {"$nin": [1]}}"#,
      #"{"$or": [{"a": 1}, {"$not": {"b": true}}]}"#, "{}",
    ]
    for text in filters {
      let filter = try Filter(parsing: text)
      let plain = try current.mask { filter.matches($0.metadata) }
      #expect(try current.mask(filter) == plain, "\(text)")
      // Asked again, from the column that is there now.
      #expect(try current.mask(filter).count == plain.count, "\(text)")
    }
  }

  @Test func valuesAreCountedAsTheRowsHaveThem() async throws {
    var numbers = SeededNumbers(9)
    let store = VectorStore(version(&numbers, count: 90))
    try await store.delete(["1", "2"])
    try await store.edit(["5", "6"], MetadataEdit(setting: ["a": "edited"]))
    var expected: [MetadataValue: Int] = [:]
    await store.current.forEachDocument { _, document in
      if let value = document.metadata["a"] { expected[value, default: 0] += 1 }
    }
    #expect(try await store.current.valueCounts(of: FieldPath("a")) == expected)
  }
}
