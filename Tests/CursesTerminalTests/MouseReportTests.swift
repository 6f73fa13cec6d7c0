import Terminal
import Testing

@testable import CursesTerminal

struct MouseReportTests {
  @Test(arguments: [
    ("0;1;1M", Point(x: 0, y: 0), Mouse.Action.press), ("0;300;100m", Point(x: 299, y: 99), .release),
    ("32;12;7M", Point(x: 11, y: 6), .drag), ("2;5;6M", Point(x: 4, y: 5), .menu),
    ("64;5;6M", Point(x: 4, y: 5), .wheelUp), ("65;5;6M", Point(x: 4, y: 5), .wheelDown),
    ("16;5;6M", Point(x: 4, y: 5), .press), ("81;5;6M", Point(x: 4, y: 5), .wheelDown),
  ])
  func readsTheFormThatTerminalsUseToday(text: String, point: Point, action: Mouse.Action) {
    let report = MouseReport(sgr: text)
    #expect(report?.point == point)
    #expect(report?.action == action)
  }

  @Test(arguments: [
    "", "M", "0;1M", "0;1;2;3M", "0;0;1M", "0;-1;1M", "999;1;1M", "0;1;99999M", "0;1;1x", "a;1;1M",
  ])
  func refusesWhatIsNoReport(text: String) {
    #expect(MouseReport(sgr: text) == nil)
  }

  @Test(arguments: ["1;5;6M", "35;5;6M", "66;5;6M", "2;5;6m"])
  func otherButtonsAndMovementsMeanNothing(text: String) {
    #expect(MouseReport(sgr: text)?.action == nil)
  }

  @Test func readsTheOldForm() {
    #expect(MouseReport(old: [32, 33, 34])?.action == .press)
    #expect(MouseReport(old: [32, 33, 34])?.point == Point(x: 0, y: 1))
    #expect(MouseReport(old: [35, 40, 40])?.action == .release)
    #expect(MouseReport(old: [97, 40, 40])?.action == .wheelDown)
    #expect(MouseReport(old: [32, 33]) == nil)
    #expect(MouseReport(old: [32, 31, 34]) == nil)
  }
}

struct PasteReaderTests {
  private func read(_ text: String) -> PasteReader {
    var reader = PasteReader()
    for byte in text.utf8 { reader.take(byte) }
    return reader
  }

  @Test func readsUpToTheEnd() {
    let reader = read("hé\rtwo\r\nthree\u{1B}[201~")
    #expect(reader.hasEnded)
    #expect(reader.text == "hé\ntwo\nthree")
    #expect(reader.typed == [])
  }

  @Test func sequencesInAPasteStayText() {
    #expect(read("a\u{1B}[A\u{1B}[<0;1;1Mb\u{1B}[201~").text == "a\u{1B}[A\u{1B}[<0;1;1Mb")
  }

  @Test func whatIsTypedAfterItIsNotPasted() {
    let reader = read("text\u{1B}[201~q\r")
    #expect(reader.text == "text")
    #expect(reader.typed == [0x71, 13])
  }

  @Test func aPasteThatHoldsItsOwnEndStaysOnePaste() {
    let reader = read("text\u{1B}[201~dy:q!\r\u{1B}[201~")
    #expect(reader.text == "textdy:q!\n")
    #expect(reader.typed == [])
  }

  @Test func twoPastesInOneBreathAreOne() {
    let reader = read("one\u{1B}[201~\u{1B}[200~dy\r\u{1B}[201~x")
    #expect(reader.text == "onedy\n")
    #expect(reader.typed == [0x78])
  }

  @Test func keepsNoMoreThanItsLimit() {
    var reader = PasteReader()
    for _ in 0..<(PasteReader.limit + 10_000) { reader.take(0x61) }
    for byte in "\u{1B}[201~".utf8 { reader.take(byte) }
    #expect(reader.text.utf8.count == PasteReader.limit)
    #expect(reader.hasEnded)
  }
}
