import Testing
import VectorStore

@testable import Diagnosis

@Suite struct RepairPlanTests {
  @Test func whatWasRepairedIsHealthy() async throws {
    var contents = Samples.prose(80)
    var vectors = Samples.unitVectors(80)
    var ids = (0..<80).map { "\($0)" }
    contents[3] = ""
    contents[4] = "A line with\u{0} a hole\u{200B} and CafÃ© in \u{E001}it (cid:3) twice"
    contents[8] = contents[7]
    vectors[8] = vectors[7]
    vectors[20] = vectors[20].map { $0 * 3 }
    vectors[21][0] = .infinity
    ids[31] = ids[30]
    let version = Samples.version(contents, vectors, ids: ids)
    let findings = try await HealthExam(version).run().findings
    let plan = try RepairPlan(findings, of: version)
    #expect(plan.changes.deleted == [3, 8, 21])
    #expect(plan.rewritten == [4])
    let repaired = try version.applying(plan.changes)
    #expect(repaired.count == 77)
    #expect(repaired.document(atRow: 3).content == "A line with a hole and Café in it  twice")
    #expect(repaired.document(atRow: 28).id == "30~2")
    #expect(try await HealthExam(repaired).run().findings == [])
  }

  @Test func documentsOfAClassOfTheirOwnAreNeverChanged() throws {
    let document = Document(id: "a", content: "a\u{0}b", metadata: [:], encoded: [1])
    let version = StoreVersion(
      dimension: 1, metric: .squaredL2,
      segments: [Segment(vectors: Vectors([1], dimension: 1), documents: [document], origin: .file)])
    let plan = try RepairPlan([Finding(.controlCharacters, "", rows: [0])], of: version)
    #expect(plan.changes.isEmpty)
  }
}
