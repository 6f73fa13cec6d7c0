import Testing
import VectorStore

@testable import Diagnosis

@Suite struct DuplicateChecksTests {
  private func checks(_ contents: [String], _ metadata: [Metadata] = []) async throws -> DuplicateChecks {
    let version = Samples.version(contents, metadata: metadata)
    return DuplicateChecks(version, try await DocumentSurvey(version, isTooLong: nil) { _ in })
  }

  @Test func eachPairIsFoundUnderTheStrictestName() async throws {
    let found = try await checks(
      ["Same words", "Same words", "Same words", "same  WORDS ", "other"],
      [["p": 1], ["p": 1], ["p": 2], ["p": 1], [:]])
    #expect(found.findings.map(\.check) == [.duplicateDocument, .duplicateContent, .duplicateFolded])
    #expect(found.findings.map(\.groups) == [[[0, 1]], [[0, 2]], [[0, 3]]])
    #expect(found.findings.map(\.marked) == [[1], [2], [3]])
    #expect(found.distinct == [0, 4])
  }

  @Test func emptyAndBlankContentsAreNoDuplicates() async throws {
    #expect(try await checks(["", "", "  ", "  "]).findings == [])
  }

  @Test func composedAndDecomposedLettersAreDifferentContents() async throws {
    let found = try await checks(["caf\u{E9}", "cafe\u{301}"]).findings
    #expect(found.map(\.check) == [.duplicateFolded])
  }
}
