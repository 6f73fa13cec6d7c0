import Testing

@testable import VectorStore

struct MergeTests {
  private let other = Stores.version(["x", "b", "y"], [[10, 0], [11, 0], [12, 0]])

  @Test func mergedRowsFollowTheStoresOwn() throws {
    let source = Stores.version(["x", "y"], [[10, 0], [11, 0]])
    let (version, outcome) = try Stores.line.merging(source, named: "other", policy: .fail)
    #expect(Stores.ids(version) == ["a", "b", "c", "d", "e", "x", "y"])
    #expect(outcome.added == 2)
    #expect(try version.vector(atRow: 6) == [11, 0])
  }

  @Test func aTakenIDRefusesTheMergeUnderFail() {
    let error = #expect(throws: VectorStoreError.self) {
      try Stores.line.merging(other, named: "other", policy: .fail)
    }
    #expect(error?.code == .duplicateID)
  }

  @Test func skipLeavesTheSourcesDocumentOut() throws {
    let (version, outcome) = try Stores.line.merging(other, named: "other", policy: .skip)
    #expect(Stores.ids(version) == ["a", "b", "c", "d", "e", "x", "y"])
    #expect(outcome.skipped == 1)
    #expect(try version.vector(atRow: 1) == [1, 0])
  }

  @Test func renameTakesBoth() throws {
    let (version, outcome) = try Stores.line.merging(other, named: "other", policy: .rename)
    #expect(Stores.ids(version) == ["a", "b", "c", "d", "e", "x", "b~2", "y"])
    #expect(outcome.renamed == 1)
  }

  @Test func replaceTakesTheSources() throws {
    let (version, outcome) = try Stores.line.merging(other, named: "other", policy: .replace)
    #expect(Stores.ids(version) == ["a", "c", "d", "e", "x", "b", "y"])
    #expect(outcome.replaced == 1)
    #expect(try version.vector(atRow: 5) == [11, 0])
  }

  @Test func aStoreIsNotMergedWithItself() {
    let line = Stores.line
    let error = #expect(throws: VectorStoreError.self) {
      try line.merging(line, named: "line", policy: .rename)
    }
    #expect(error?.code == .selfMerge)
  }

  @Test func anotherDimensionOrMetricIsRefused() {
    let wide = Stores.version(["x"], [[1, 2, 3]])
    #expect(throws: VectorStoreError.self) { try Stores.line.merging(wide, named: "wide", policy: .fail) }
    let product = Stores.version(["x"], [[1, 2]], metric: .innerProduct)
    #expect(throws: VectorStoreError.self) { try Stores.line.merging(product, named: "ip", policy: .fail) }
  }

  @Test func sameContentIsCounted() {
    let copy = Stores.version(["z"], [[1, 1]])
    let same = StoreVersion(
      dimension: 2, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors([1, 1], dimension: 2), documents: [Document(id: "z", content: "text of a")],
          origin: .file)
      ])
    #expect(Stores.line.sameContent(as: copy) == 0)
    #expect(Stores.line.sameContent(as: same) == 1)
  }
}
