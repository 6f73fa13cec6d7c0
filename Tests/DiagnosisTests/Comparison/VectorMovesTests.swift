import Diagnosis
import Testing
import VectorStore

struct VectorMovesTests {
  private func version(_ rows: [(id: String, content: String, vector: [Float])]) -> StoreVersion {
    StoreVersion(
      dimension: 2, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors(rows.flatMap(\.vector), dimension: 2),
          documents: rows.map {
            Document(id: DocumentID($0.id), content: Text($0.content), metadata: [:])
          }, origin: .file)
      ])
  }

  @Test func documentsAreComparedById() throws {
    let old = version([("a", "one", [0, 0]), ("b", "two", [1, 0]), ("c", "three", [2, 0])])
    let new = version([("c", "three", [2, 0]), ("a", "ONE", [0, 0]), ("d", "four", [0, 0])])
    let (difference, counts) = try StoreDifference.between(old, new)
    #expect(counts.deleted == 1 && counts.added == 1 && counts.edited == 1 && counts.shared == 2)
    #expect(difference.entries.map(\.document.id) == ["b", "d", "a"])
    #expect(difference.entries.map(\.row) == [1, 2, 1])
    #expect(difference.entries.last?.before?.content == "one")
  }

  @Test func onlySoManyEntriesAreKeptAndAllAreCounted() throws {
    let new = version((0..<9).map { ("d\($0)", "text", [0, 0]) })
    let (difference, counts) = try StoreDifference.between(version([("x", "", [0, 0])]), new, limit: 2)
    #expect(difference.entries.count == 3 && counts.added == 9)
  }

  @Test func vectorsThatMovedAreListedByDistance() throws {
    let old = version([("a", "", [0, 0]), ("b", "", [1, 0]), ("c", "", [5, 5])])
    let new = version([("c", "", [5, 5]), ("b", "", [4, 4]), ("a", "", [0, 1])])
    let moves = try VectorMoves(from: old, to: new)
    #expect(moves.count == 2)
    #expect(moves.moves.map(\.id) == ["b", "a"])
    #expect(moves.moves.map(\.distance) == [5, 1])
    #expect(moves.moves[1].oldRow == 0 && moves.moves[1].newRow == 2)
    #expect(try VectorMoves(from: old, to: new, limit: 1).moves.map(\.id) == ["b"])
  }

  @Test func aVectorThatIsTheSameNaNHasNotMoved() throws {
    let store = version([("a", "", [.nan, 0])])
    #expect(try VectorMoves(from: store, to: store).count == 0)
  }
}
