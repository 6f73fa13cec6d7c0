import Terminal
import Testing

struct TextWidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("カ", 2), ("ｶ", 1), ("한", 2), ("😀", 2), ("👩‍💻", 2), ("🇩🇪", 2),
    ("❤️", 2), ("❤", 1), ("☃", 1), ("ß", 1), ("ا", 1), ("ש", 1), ("ก", 1), ("กำ", 2), ("क्षि", 3), ("ｶﾞ", 2),
    ("─", 1), ("…", 1), ("𠀀", 2), ("\u{1FAE9}", 2), ("☝🏽", 2), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2), ("🇩", 1), ("\u{D7B0}", 0),
    ("❤\u{FE0E}", 1),
    ("\u{302A}", 0), ("⟨", 1), ("\u{1C89}", 1),
    ("\u{301}", 0), ("\u{1B}", 0), ("１", 2), ("\u{1F3FD}", 2), ("#️⃣", 1),
  ])
  func columnsOfACluster(text: String, columns: Int) {
    #expect(text.count == 1)
    #expect(text.first.map { TextWidth.columns(of: $0) } == columns)
  }

  @Test func truncatingKeepsWithinTheColumns() {
    #expect(TextWidth.truncate("abcdef", to: 6) == "abcdef")
    #expect(TextWidth.truncate("abcdef", to: 5) == "abcd…")
    #expect(TextWidth.truncate("漢字漢字", to: 6) == "漢字…")
    #expect(TextWidth.truncate("漢字漢字", to: 7) == "漢字漢…")
    #expect(TextWidth.truncate("abc", to: 1) == "…")
    #expect(TextWidth.truncate("abc", to: 0) == "")
  }

  @Test func paddingFillsUpToTheColumns() {
    #expect(TextWidth.pad("漢", to: 4) == "漢  ")
    #expect(TextWidth.pad("7", to: 3, alignment: .right) == "  7")
    #expect(TextWidth.pad("long", to: 2) == "long")
  }

  @Test func wrappingBreaksAtBlanksAndCutsLongWords() {
    #expect(TextWidth.wrap("one two three", to: 7) == ["one two", "three"])
    #expect(TextWidth.wrap("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
    #expect(TextWidth.wrap("漢字漢字", to: 5) == ["漢字", "漢字"])
    #expect(TextWidth.wrap("", to: 5) == [""])
    #expect(TextWidth.wrap("漢字", to: 1) == ["漢", "字"])
    #expect(TextWidth.wrap("one   two", to: 5) == ["one  ", "two"])
  }

  @Test func wrappingKeepsTheIndentOfTheFirstLine() {
    #expect(TextWidth.wrap("  if a b", to: 7) == ["  if a", "b"])
    #expect(TextWidth.wrap("    abcdef", to: 6) == ["abcdef"])
    #expect(TextWidth.wrap("  abcdefgh", to: 5) == ["  abc", "defgh"])
    #expect(TextWidth.wrap("     a", to: 3) == ["a"])
  }
}
