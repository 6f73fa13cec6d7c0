import Testing

@testable import ExplorerUI

/// The beginning of a document as a list shows it: the quick way for ASCII must say what the other one says.
struct PreviewTests {
  @Test(arguments: [
    ("a line", "a line"), ("  two\n\nlines \t and\r\nmore", "two lines an"), ("", ""), ("  ", ""),
    ("a longer line than fits", "a longer lin"), ("naïve\n漢字  text", "naïve 漢字 tex"),
    ("tab\tand\u{0B}vertical", "tab and vert"), ("exactly elevé", "exactly elev"),
    ("marked at e\u{301}nd", "marked at e\u{301}n"),
  ])
  func blanksBecomeOneAndOneCharacterMoreThanFitsIsKept(content: String, expected: String) {
    #expect(content.preview(11) == expected)
  }

  @Test func aMarkOnTheLastCharacterIsNotLost() {
    #expect("abcde\u{301}f".preview(4) == "abcde\u{301}")
    #expect("abcd\u{301}ef".preview(4) == "abcd\u{301}e")
  }

  @Test func escapesAreLeftForTheCellsToShow() {
    #expect("a\u{1B}[31m\nb".preview(20) == "a\u{1B}[31m b")
  }
}
