import Testing
import VectorStore

@testable import Diagnosis

@Suite struct WordDifferenceTests {
  private func marked(_ runs: [WordDifference.Run]) -> String {
    runs.map { $0.isShared ? $0.text : "[\($0.text)]" }.joined()
  }

  @Test func wordsThatDifferAreMarkedInBoth() {
    let difference = WordDifference("the cat sat on the mat", "the dog sat on a mat")
    #expect(marked(difference.old) == "the [cat ]sat on [the ]mat")
    #expect(marked(difference.new) == "the [dog ]sat on [a ]mat")
  }

  @Test func spacesAloneMakeNoDifference() {
    #expect(WordDifference("one  two\n", "one two").similarity == 1)
  }

  @Test func scriptsWithoutSpacesAreComparedSignBySign() {
    let difference = WordDifference("犬は庭で眠る", "猫は庭で眠る")
    #expect(marked(difference.old) == "[犬]は庭で眠る")
    #expect(marked(difference.new) == "[猫]は庭で眠る")
  }

  @Test func longTextsAreComparedByTheirEnds() {
    let words = (0..<4000).map { "w\($0) " }.joined()
    let difference = WordDifference("start \(words)end", "start \(words)more end")
    #expect(marked(difference.new).hasSuffix("[more ]end"))
    #expect(!difference.old.contains { !$0.isShared })
  }

  @Test func theRuleSaysWhichStays() {
    let contents: [Text] = ["aa", "aaaa", "aaaa", "a"]
    #expect(KeepRule.first.kept(of: contents) == 0)
    #expect(KeepRule.newest.kept(of: contents) == 3)
    #expect(KeepRule.longest.kept(of: contents) == 1)
  }
}
