import Testing
import VectorStore

@testable import Diagnosis

/// Whole checks of small stores.
@Suite struct HealthExamTests {
  @Test func proseWithItsOwnVectorsIsHealthy() async throws {
    let version = Samples.version(Samples.prose(200))
    let report = try await HealthExam(version).run()
    #expect(report.findings == [])
    #expect(report.rows == 200)
  }

  @Test func anEmptyStoreIsHealthy() async throws {
    #expect(try await HealthExam(Samples.version([])).run().findings == [])
  }

  @Test func eachDefectIsFoundUnderItsName() async throws {
    var contents = Samples.prose(120)
    var vectors = Samples.unitVectors(120)
    contents[3] = ""
    contents[5] = "17"
    contents[8] = contents[7]
    vectors[8] = vectors[7]
    contents[10] = contents[9].uppercased()
    vectors[12] = vectors[11].map { $0 + 0.001 }
    vectors[14] = vectors[13]
    vectors[20] = vectors[20].map { $0 * 1.2 }
    vectors[21][0] = .nan
    vectors[22] = vectors[22].map { _ in 0 }
    contents[31] = contents[30]
    let report = try await HealthExam(Samples.version(contents, vectors)).run()
    func rows(_ check: Check) -> [Int] { Samples.rows(check, in: report.findings) }
    #expect(rows(.emptyContent) == [3])
    #expect(rows(.tooShort) == [5])
    #expect(rows(.noLetters) == [5])
    #expect(rows(.duplicateDocument) == [7, 8, 30, 31])
    #expect(rows(.duplicateFolded) == [9, 10])
    #expect(rows(.nearDuplicate) == [11, 12])
    #expect(rows(.sameVectorOtherText) == [13, 14])
    #expect(rows(.unnormalized) == [20])
    #expect(rows(.notFinite) == [21])
    #expect(rows(.zeroVector) == [22])
    #expect(rows(.sameTextOtherVector) == [30, 31])
    #expect(Set(report.findings.map(\.check)).count == 11)
    #expect(report.findings.first?.check.severity == .error)
  }

  @Test func onlyTheChecksAskedForAnswer() async throws {
    let version = Samples.version(["", "17"] + Samples.prose(20))
    let report = try await HealthExam(version, checks: [.noLetters]).run()
    #expect(report.findings.map(\.check) == [.noLetters])
  }

  @Test func contentsThatTheModelCutsOffAreFound() async throws {
    let report = try await HealthExam(
      Samples.version(Samples.prose(10)), isTooLong: { $0.contains("line 4") }
    )
    .run()
    #expect(Samples.rows(.tooLong, in: report.findings) == [4])
  }

  @Test func progressEndsWithEveryRow() async throws {
    let last = try await withThrowingTaskGroup(of: Void.self) { _ in
      let (stream, continuation) = AsyncStream<HealthProgress>.makeStream()
      _ = try await HealthExam(Samples.version(Samples.prose(30))).run { continuation.yield($0) }
      continuation.finish()
      var last: [String: Int] = [:]
      for await step in stream { last[step.phase] = step.completed }
      return last
    }
    #expect(last["documents"] == 30)
    #expect(last["vectors"] == 30)
  }

  @Test func aCancelledCheckEnds() async throws {
    let version = Samples.version(Samples.prose(5000))
    let task = Task { try await HealthExam(version).run() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
