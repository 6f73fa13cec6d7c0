import Testing
import VectorStore

@testable import Diagnosis

@Suite struct MetadataChecksTests {
  private func findings(_ metadata: [Metadata]) -> [Finding] {
    let version = Samples.version(Samples.prose(metadata.count), metadata: metadata)
    var survey = MetadataSurvey()
    metadata.forEach { survey.take($0) }
    return MetadataChecks.findings(survey, in: version)
  }

  @Test func aKeyOfNumbersAndTextsIsMixed() {
    let found = findings([["page": 1], ["page": "iv"], ["page": 2.5], ["page": true]])
    #expect(found.map(\.check) == [.mixedTypes])
    #expect(found.first?.rows == [1])
    #expect(
      found.first?.sentence.contains("'>' not supported between instances of 'str' and 'float'") == true)
  }

  @Test func nanAmongTextsIsMixed() {
    let found = findings([["site": "a"], ["site": .float(.nan)], ["site": "b"]])
    #expect(found.first?.rows == [1])
  }

  @Test func aNumberThatSomeLackIsANote() {
    let found = findings([["page": 1], ["page": .null], [:]])
    #expect(found.map(\.check) == [.filterRaises])
    #expect(found.first?.check.severity == .note)
    #expect(found.first?.sentence.contains("page (missing in 2)") == true)
  }

  @Test func aTextThatSomeLackIsNothing() {
    #expect(findings([["lang": "en"], [:], ["lang": .null]]) == [])
  }
}
