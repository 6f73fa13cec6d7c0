import Testing
import VectorStore

@testable import Diagnosis

@Suite struct NearDuplicatesTests {
  @Test func aRowJoinsTheLowestThatIsNearAndNoChainIsMade() {
    // 0 is near to 1, 1 to 2, 2 to 3: 2 is not near to 0 and begins a group of its own.
    #expect(NearDuplicates.groups([(0, 1), (1, 2), (2, 3)]) == [[0, 1], [2, 3]])
    #expect(NearDuplicates.groups([(0, 2), (0, 5), (1, 4), (2, 5)]) == [[0, 2, 5], [1, 4]])
  }

  @Test func distancesCountRelativeToTheLengthOfVectors() async throws {
    let vectors: [[Float]] = [[10, 0], [10, 0.5], [0, 10], [1, 8]]
    let version = Samples.version(Samples.prose(4), vectors)
    let survey = try await VectorSurvey(version) { _ in }
    let groups = try await NearDuplicates.groups(of: [0, 1, 2, 3], within: 0.01, survey, in: version) { _ in }
    #expect(groups == [[0, 1]])
  }
}
