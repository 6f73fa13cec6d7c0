import Testing

@testable import CursesTerminal

struct CellTextTests {
  /// As glibc counts these.
  private func width(_ scalar: Int32) -> Int {
    switch scalar {
    case 0x200D, 0xFE0F, 0x301: 0
    case 0x1F469, 0x1F4BB, 0x6F22: 2
    case 0x10FFFE: -1
    default: 1
    }
  }

  private func cells(_ character: Character, _ columns: Int, unicode: Bool = true) -> [[Int32]] {
    CellText(character, columns: columns, unicode: unicode, width: width).cells
  }

  @Test func marksStayWithTheirLetter() { #expect(cells("e\u{301}", 1) == [[0x65, 0x301]]) }

  @Test func joinedEmojiAreShownByTheirFirst() { #expect(cells("👩‍💻", 2) == [[0x1F469]]) }

  @Test func whatLibcCallsNarrowIsFilledUp() {
    #expect(cells("❤️", 2) == [[0x2764], [0x20]])
    #expect(cells("🇩🇪", 2) == [[0x1F1E9], [0x1F1EA]])
  }

  @Test func whatTheLocaleCannotShowIsReplaced() {
    #expect(cells("\u{10FFFE}", 1) == [[0xFFFD]])
    #expect(cells("漢", 2, unicode: false) == [[0x3F], [0x20]])
    #expect(cells("é", 1, unicode: false) == [[0x3F]])
    #expect(cells("a", 1, unicode: false) == [[0x61]])
  }
}
