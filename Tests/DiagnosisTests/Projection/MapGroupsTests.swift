import Testing
import VectorStore

@testable import Diagnosis

@Suite struct MapGroupsTests {
  private func store(values: [MetadataValue?]) -> StoreVersion {
    DiagnosisTests.store(cloud(values.count, 2), 2) { row in
      Document(
        id: DocumentID("id\(row)"), content: "", metadata: values[row].map { ["key": $0] } ?? [:])
    }
  }

  @Test func valuesOfMostRowsComeFirstAndTheRestIsOther() throws {
    let values: [MetadataValue?] = (0..<12).flatMap { value in
      [MetadataValue?](repeating: .string(Text("v\(value)")), count: 20 - value)
    }
    let groups = try MapGroups(of: FieldPath("key"), in: store(values: values + [nil]))
    #expect(groups.names == ["v0", "v1", "v2", "v3", "v4", "v5", "v6", "other"])
    #expect(groups.counts == [20, 19, 18, 17, 16, 15, 14, 55])
    #expect(groups.byRow.last == 0)
  }

  @Test func manyNumbersAreRangesOfAboutAsManyRows() throws {
    let groups = try MapGroups(of: FieldPath("key"), in: store(values: (0..<60).map { .int($0) }))
    #expect(groups.names.first == "0 to 10" && groups.names.last == "50 to 59")
    #expect(groups.counts == [10, 10, 10, 10, 10, 10])
    #expect(groups.byRow == (0..<60).map { UInt8($0 / 10 + 1) })
  }

  @Test func clustersAreThoseThatWereMadeAndAreNamedByTheirWords() throws {
    let words = ["kitchen recipe", "engine repair", "tax return"]
    let centres: [[Float]] = [[5, 0, 0], [0, 5, 0], [0, 0, 5]]
    let version = DiagnosisTests.store(cloud(90, 3, centres: centres), 3) { row in
      Document(
        id: DocumentID("id\(row)"), content: Text("common words about \(words[row % 3]) number \(row)"),
        metadata: [:])
    }
    let groups = try MapGroups(clusters: 3, of: version)
    #expect(groups.counts == [30, 30, 30])
    let named = groups.names.map { Set($0.split(separator: " ").prefix(2).map(String.init)) }
    let expected = words.map { Set($0.split(separator: " ").map(String.init)) }
    #expect(Set(named) == Set(expected))
    for row in 0..<87 { #expect(groups.byRow[row] == groups.byRow[row + 3]) }
  }

  @Test func clustersOfFewRowsAndOfRowsThatAreNotFinite() throws {
    let few = try MapGroups(clusters: 8, of: DiagnosisTests.store([1, 2, 3, 4], 2, plain))
    #expect(few.names.count == 2)
    let groups = try MapGroups(clusters: 8, of: DiagnosisTests.store([1, 2, .nan, 4], 2, plain))
    #expect(groups.byRow == [1, 0])
  }

  @Test func nearnessPutsTheNearestFirstWhateverTheMetric() throws {
    let vectors = (0..<12).map { Float($0) }
    let near = try MapGroups(nearnessTo: [0], in: DiagnosisTests.store(vectors, 1, plain))
    #expect(near.byRow.first == 1 && Int(near.byRow.last ?? 0) == near.names.count)
    let product = StoreVersion(
      dimension: 1, metric: .innerProduct,
      segments: [Segment(vectors: Vectors(vectors, dimension: 1), documents: (0..<12).map(plain), origin: .file)])
    let large = try MapGroups(nearnessTo: [1], in: product)
    #expect(large.byRow.last == 1 && Int(large.byRow.first ?? 0) == large.names.count)
  }

  @Test func ideographsAreReadInPairs() {
    #expect(TellingWords.words(of: "東京都 is big") == ["東京", "京都", "big"])
  }
}
