import Terminal
import Testing

struct PrintableTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\tb", "a b"), ("a\nb", "a⏎b"), ("a\r\nb", "a⏎b"),
    ("\u{1B}]52;c;x\u{7}", "␛]52;c;x␇"),
    ("\u{0}", "␀"), ("\u{7F}", "␡"), ("\u{9B}31m", "⟨9B⟩31m"), ("a\u{200B}b", "a⟨200B⟩b"),
    ("\u{FEFF}x", "⟨FEFF⟩x"),
    ("\u{F0B7} item", "⟨F0B7⟩ item"), ("\u{2066}x\u{2069}", "⟨2066⟩x⟨2069⟩"), ("👩‍💻", "👩‍💻"), ("🇩🇪", "🇩🇪"),
    ("❤️", "❤️"),
    ("soft\u{AD}hyphen", "soft⟨AD⟩hyphen"), ("日本語", "日本語"), ("e\u{301}", "e\u{301}"),
  ])
  func showsWhatWouldNotShow(text: String, shown: String) {
    #expect(Printable.line(text) == shown)
  }

  @Test func nothingThatATerminalActsOnSurvives() {
    let all = (0...0x2FFF).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }.joined(
      separator: "x")
    for scalar in Printable.line(all).unicodeScalars {
      #expect(scalar.properties.generalCategory != .control)
      #expect(scalar.properties.generalCategory != .format)
    }
  }

  @Test func aPileOfMarksIsCutToWhatACellHolds() {
    let pile = "a" + String(repeating: "\u{301}", count: 40)
    #expect(Printable.line(pile).unicodeScalars.count == 5)
  }

  @Test func paragraphsSplitAtAnyLineBreak() {
    #expect(Printable.paragraphs("a\r\nb\n\nc") == ["a", "b", "", "c"])
    #expect(Printable.paragraphs("a\tb") == ["a   b"])
  }
}
