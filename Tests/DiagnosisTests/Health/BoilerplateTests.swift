import Testing
import VectorStore

@testable import Diagnosis

@Suite struct BoilerplateTests {
  private let footer = "This page was printed from the harbour's own notice board on paper"

  private func finding(_ contents: [String], least: Int = 5) async throws -> Finding? {
    let report = try await HealthExam(Samples.version(contents), checks: [.boilerplate]).run()
    return report.findings.first
  }

  @Test func aFooterOnManyPagesIsFoundAndWhatHoldsLittleElseIsMarked() async throws {
    var contents = Samples.prose(60)
    for row in stride(from: 5, to: 55, by: 10) { contents[row] += " And more of it.\n" + footer }
    contents[50] = "Page 50. " + footer.uppercased()
    let found = try await finding(contents)
    #expect(found?.rows == [5, 15, 25, 35, 45, 50])
    #expect(found?.marked == [50])
    #expect(found?.sentence.contains("This page was printed") == true)
  }

  @Test func sentencesThatOverlappingChunksShareAreNone() async throws {
    let sentences = Samples.prose(80).map { "Here is a sentence that is long enough: \($0)" }
    let windows = (0..<70).map { sentences[$0..<$0 + 6].joined(separator: " ") }
    #expect(try await finding(windows) == nil)
  }

  @Test func aFooterOfPagesInARowIsFound() async throws {
    var contents = Samples.prose(40)
    for row in 10..<16 { contents[row] += " And more of it.\n" + footer }
    #expect(try await finding(contents)?.rows == Array(10..<16))
  }

  @Test func fourDocumentsAreTooFew() async throws {
    var contents = Samples.prose(60)
    for row in [5, 20, 30, 50] { contents[row] += "\n" + footer }
    #expect(try await finding(contents) == nil)
  }
}
