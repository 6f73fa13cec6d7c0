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
    ("กำ कि ｶﾞ", "กำ कि ｶﾞ"), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴"), ("#️⃣", "#️⃣"), ("葛\u{E0100}", "葛\u{E0100}"),
    ("\u{301}a", "◌\u{301}a"), ("\u{1161}", "⟨1161⟩"), ("\u{3164}", "⟨3164⟩"), ("a\u{FE0F}", "a⟨FE0F⟩"),
    ("😀\u{E0101}", "😀⟨E0101⟩"), ("👩\u{200D}\u{301}", "👩⟨200D⟩◌\u{301}"),
    ("🏴\u{E0068}\u{E0069}\u{E007F}", "🏴⟨E0068⟩⟨E0069⟩⟨E007F⟩"),
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

  @Test func whatIsKnownToBePlainByItsCodeIsSo() {
    let hidden: Set<Unicode.GeneralCategory> = [
      .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark,
    ]
    var count = 0
    for scalar in (0...0x10FFFF).lazy.compactMap(Unicode.Scalar.init(_:)) {
      guard let columns = Printable.plainColumns(of: Character(scalar)) else { continue }
      count += 1
      let properties = scalar.properties
      #expect(TextWidth.columns(of: scalar) == columns, "\(scalar.value)")
      #expect(!hidden.contains(properties.generalCategory) && !properties.isDefaultIgnorableCodePoint)
      #expect(!properties.isEmojiPresentation)
      // Frames take such scalars one by one: none may join its like on either side.
      #expect("가\(scalar)a\(scalar)".count == 4, "\(scalar.value)")
    }
    #expect(count > 30_000)
  }

  @Test func paragraphsSplitAtAnyLineBreak() {
    #expect(Printable.paragraphs("a\r\nb\n\nc") == ["a", "b", "", "c"])
    #expect(Printable.paragraphs("a\tb") == ["a   b"])
  }

  @Test func whatIsSafeStaysAndTakesTheColumnsItMeasures() {
    let samples: [Unicode.Scalar] = [
      "a", " ", "\t", "\u{1B}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}", "😀", "❤", "🇩", "漢", "ｶ",
      "\u{FF9E}",
      "क", "\u{94D}", "\u{93F}", "\u{1100}", "\u{1161}", "\u{11A8}", "\u{E0100}", "\u{202E}", "\u{1F3F4}",
      "\u{E0067}",
      "\u{E007F}", "\u{F8FF}", "\u{600}", "#", "\u{20E3}", "\r", "\n",
    ]
    var generator = Numbers(state: 7)
    for _ in 0..<3000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        text.append(samples.randomElement(using: &generator) ?? "a")
      }
      let line = Printable.line(String(text))
      #expect(Printable.line(line) == line)
      var frame = Frame(Size(width: 100, height: 1))
      let columns = TextWidth.columns(of: line)
      #expect(frame.write(String(text), x: 0, y: 0, style: Style()) == columns, "\(Array(text))")
      #expect(frame.write(line, x: 0, y: 0, style: Style()) == columns, "\(Array(text))")
    }
  }

  /// The same numbers in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 31)
    }
  }
}
