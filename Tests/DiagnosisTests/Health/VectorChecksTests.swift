import Testing
import VectorStore

@testable import Diagnosis

@Suite struct VectorChecksTests {
  private func findings(_ vectors: [[Float]]) async throws -> [Finding] {
    let version = Samples.version(Samples.prose(vectors.count), vectors)
    return VectorChecks.findings(try await VectorSurvey(version) { _ in }, HealthThresholds())
  }

  @Test func lengthsThatDifferALittleAreANoteOnly() async throws {
    let vectors = Samples.unitVectors(60).enumerated().map { row, vector in
      vector.map { $0 * (1.5 + Float(row % 5) * 0.2) }
    }
    #expect(try await findings(vectors).map(\.check) == [.notUnitLength])
  }

  @Test func oneLengthForAllIsNothingToSay() async throws {
    #expect(try await findings(Samples.unitVectors(60).map { $0.map { $0 * 7 } }) == [])
  }

  @Test func aVectorOfAnotherMakeIsMixed() async throws {
    var vectors = Samples.unitVectors(60).map { $0.map { $0 * 7 } }
    vectors[5] = vectors[5].map { $0 * 20 }
    let found = try await findings(vectors)
    #expect(found.map(\.check) == [.mixedNorms])
    #expect(found.first?.rows == [5])
  }
}
