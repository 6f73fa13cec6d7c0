import Testing

@testable import ExplorerUI

@Suite struct SuggestionTests {
  @Test func distanceCountsEdits() {
    #expect(Suggestion.distance("kitten", "sitting") == 3)
    #expect(Suggestion.distance("", "abc") == 3)
    #expect(Suggestion.distance("same", "same") == 0)
  }

  @Test func farNamesAreNotSuggested() {
    #expect(Suggestion.nearest(to: "merge", among: ["search", "undo"]) == nil)
    #expect(Suggestion.nearest(to: "serch", among: ["search", "undo"]) == "search")
  }

  @Test func fuzzyPrefersRunsAndWordStarts() throws {
    let merge = try #require(Suggestion.fuzzyScore("mrg", in: "merge"))
    let markRange = try #require(Suggestion.fuzzyScore("mr", in: "mark range"))
    let inner = try #require(Suggestion.fuzzyScore("mr", in: "summary"))
    #expect(merge > 0)
    #expect(markRange > inner)
    #expect(Suggestion.fuzzyScore("xyz", in: "merge") == nil)
  }
}
