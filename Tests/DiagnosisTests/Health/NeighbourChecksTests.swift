import Testing
import VectorStore

@testable import Diagnosis

@Suite struct NeighbourChecksTests {
  private func findings(_ vectors: [[Float]], metric: Metric = .squaredL2) async throws -> [Finding] {
    let version = Samples.version(Samples.prose(vectors.count), vectors, metric: metric)
    return try await HealthExam(version, checks: [.hub, .outlier, .unreachable]).run().findings
  }

  @Test func theMiddleOfAllIsNearToEveryone() async throws {
    var vectors = Samples.unitVectors(300, dimension: 32)
    vectors[40] = vectors[40].map { $0 * 0.1 }
    let found = try await findings(vectors)
    #expect(Samples.rows(.hub, in: found) == [40])
    #expect(!found.contains { $0.check == .unreachable })
  }

  @Test func whatIsFarFromAllIsAnOutlier() async throws {
    var vectors = Samples.unitVectors(300, dimension: 32)
    vectors[7] = vectors[7].map { $0 * 12 }
    let found = try await findings(vectors)
    #expect(found.map(\.check) == [.outlier])
    #expect(found.first?.rows == [7])
  }

  @Test func aShortVectorIsNeverReturnedByInnerProduct() async throws {
    var vectors = Samples.unitVectors(300, dimension: 8).map { $0.map { $0 * 2 } }
    vectors[9] = vectors[9].map { $0 * 0.1 }
    let found = try await findings(vectors, metric: .innerProduct)
    #expect(Samples.rows(.unreachable, in: found) == [9])
  }

  @Test func ofManyEqualVectorsTheLastOnesAreNeverReturned() async throws {
    var vectors = Samples.unitVectors(100)
    for row in 50..<62 { vectors[row] = vectors[50] }
    #expect(Samples.rows(.unreachable, in: try await findings(vectors)) == [60, 61])
  }
}
