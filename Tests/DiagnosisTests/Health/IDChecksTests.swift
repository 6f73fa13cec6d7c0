import Testing
import VectorStore

@testable import Diagnosis

@Suite struct IDChecksTests {
  @Test func rowsWithTheSameIDAreAGroupAndOthersAreNot() {
    let ids = ["a", "b", "a", "c", "b", "a"].map { DocumentID($0) }
    #expect(IDChecks.repeatedIDs(ids) == [[0, 2, 5], [1, 4]])
    #expect(IDChecks.repeatedIDs(Array(ids.prefix(2))).isEmpty)
  }
}
