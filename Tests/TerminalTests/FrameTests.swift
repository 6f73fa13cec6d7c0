import Terminal
import Testing

struct FrameTests {
  private func frame(_ width: Int, _ height: Int = 1) -> Frame { Frame(Size(width: width, height: height)) }

  @Test func textIsClippedAtTheEdge() {
    var frame = frame(5)
    #expect(frame.write("abcdefgh", x: 2, y: 0, style: Style()) == 3)
    #expect(frame.text == "  abc")
    #expect(frame.write("x", x: 0, y: 7, style: Style()) == 0)
  }

  @Test func aWideCharacterTakesTwoCellsAndIsNeverCut() {
    var frame = frame(5)
    #expect(frame.write("漢字漢", x: 0, y: 0, style: Style()) == 4)
    #expect(frame.text == "漢字")
    #expect(frame[1, 0].content == .continuation)
    #expect(frame[4, 0].content == .character(" "))
  }

  @Test func writingOverHalfOfAWideCharacterBlanksTheOther() {
    var frame = frame(4)
    frame.write("漢字", x: 0, y: 0, style: Style())
    frame.write("x", x: 1, y: 0, style: Style())
    #expect(frame.text == " x字")
    frame.write("y", x: 2, y: 0, style: Style())
    #expect(frame.text == " xy")
  }

  @Test func textStartingLeftOfTheClipShowsItsRest() {
    var frame = frame(6)
    frame.write("abcdef", x: -2, y: 0, style: Style())
    #expect(frame.text == "cdef")
    frame.write("漢x", x: -1, y: 0, style: Style())
    #expect(frame.text == " xef")
  }

  @Test func lettersOfOneClusterHaveACellEach() {
    var frame = frame(4)
    #expect(frame.write("कि!", x: 0, y: 0, style: Style()) == 3)
    #expect(frame[0, 0].content == .character("क"))
    #expect(frame[1, 0].content == .character("\u{93F}"))
    #expect(frame.text == "कि!")
  }

  @Test func aMarkAfterTheLastPlainLetterThatFitsStaysWithIt() {
    var frame = frame(3)
    #expect(frame.write("abe\u{301}f", x: 0, y: 0, style: Style()) == 3)
    #expect(frame[2, 0].content == .character("e\u{301}"))
    #expect(frame.text == "abe\u{301}")
  }

  @Test(arguments: [
    " ", "~", "é", "e\u{301}", "漢", "❤\u{FE0F}", "👨\u{200D}👩\u{200D}👧", "x\u{301}\u{302}\u{303}\u{304}",
  ])
  func aCellGivesItsClusterBack(cluster: Character) {
    let content = Cell.Content.character(cluster)
    #expect(content.character == cluster)
    #expect(content.scalar == (cluster.unicodeScalars.count == 1 ? cluster.unicodeScalars.first : nil))
    #expect(content == .character(cluster))
    #expect(content != .character("y"))
  }

  @Test func aContinuationHasNoClusterAndNoScalar() {
    #expect(Cell.Content.continuation.character == nil)
    #expect(Cell.Content.continuation.scalar == nil)
    #expect(Cell.Content.continuation != .blank)
  }

  @Test func controlCharactersNeverReachACell() {
    var frame = frame(20)
    frame.write("a\u{1B}[31mb\u{9B}c\u{202E}d", x: 0, y: 0, style: Style())
    #expect(frame.text == "a␛[31mb⟨9B⟩c⟨202E⟩d")
  }

  @Test func aBoxHasCornersAndLines() {
    var frame = frame(4, 3)
    frame.box(frame.bounds, style: Style(), border: .rounded)
    #expect(frame.text == "╭──╮\n│  │\n╰──╯")
    frame.box(frame.bounds, style: Style(), border: .ascii)
    #expect(frame.text == "+--+\n|  |\n+--+")
  }

  @Test func restylingChangesNoText() {
    var frame = frame(4)
    frame.write("abcd", x: 0, y: 0, style: Style())
    frame.restyle(Rect(x: 1, y: 0, width: 2, height: 1)) { $0.modifiers.insert(.reverse) }
    #expect(frame.text == "abcd")
    #expect(frame.styles([Style(modifiers: .reverse): "r"]) == ".rr.")
  }

  @Test func theChangesAreTheCellsThatDifferInPlaceOrStyle() {
    var before = frame(4, 2)
    before.write("abcd", x: 0, y: 1, style: Style())
    var after = before
    after.write("x", x: 2, y: 1, style: Style())
    after.restyle(Rect(x: 0, y: 1, width: 1, height: 1)) { $0.modifiers = .bold }
    var changes: [String] = []
    after.changes(since: before) { x, y, cell in changes.append("\(x) \(y) \(cell.content.character ?? "-")")
    }
    #expect(changes == ["0 1 a", "2 1 x"])
  }

  @Test(arguments: [nil, Size(width: 8, height: 1)])
  func allCellsAreChangesWithoutAFrameOfTheSameSizeBefore(size: Size?) {
    var count = 0
    frame(4, 2).changes(since: size.map { Frame($0) }) { _, _, _ in count += 1 }
    #expect(count == 8)
  }
}
