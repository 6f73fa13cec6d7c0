import Testing

@testable import Terminal

@Suite struct BidiLineTests {
  @Test(arguments: [
    ("plain", "plain"), ("שלום", "םולש"), ("abc שלום def", "abc םולש def"), ("שלום עולם", "םלוע םולש"),
    ("שלום 123", "123 םולש"), ("שלום 1.5 x", "1.5 םולש x"), ("page 7: שלום.", "page 7: םולש."),
    ("(שלום) a", "(םולש) a"), ("שלום (עולם) טוב", "בוט (םלוע) םולש"), ("مرحبا 12 abc", "12 ابحرم abc"),
    ("漢字 שלום", "漢字 םולש"), ("", ""),
  ])
  func runsStandAsTheyAreRead(written: String, seen: String) {
    #expect(BidiLine.visual(written) == seen)
  }

  @Test(arguments: [("plain", false), ("漢字 😀 é", false), ("שלום", true), ("a ب", true)])
  func onlyRightToLeftTextNeedsIt(text: String, isNeeded: Bool) {
    #expect(BidiLine.isNeeded(text) == isNeeded)
  }

  @Test func theFrameKeepsItsColumns() {
    var frame = Frame(Size(width: 12, height: 1))
    let used = frame.write("a שלום b", x: 1, y: 0, style: Style())
    #expect(used == 8)
    #expect(frame.text == " a םולש b")
    #expect(frame.write("שלום עולם", x: 8, y: 0, style: Style()) == 4)
    #expect(frame.text == " a םולש םולש")
  }

  @Test func pointsStayWithTheirLetters() {
    #expect(BidiLine.visual("שָׁלוֹם") == String("שָׁלוֹם".reversed()))
  }
}
