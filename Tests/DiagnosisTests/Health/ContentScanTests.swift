import Testing

@testable import Diagnosis

@Suite struct ContentScanTests {
  private func flaws(_ text: String) -> ContentFlaws { ContentScan(text).flaws }

  @Test func nothingAndSpacesAreToldApart() {
    #expect(flaws("") == .empty)
    #expect(flaws(" \n\t\u{3000}") == .blank)
    #expect(flaws("\u{200B}\u{200B}").contains(.blank))
  }

  @Test(arguments: ["17", "--- 17 ---", "[5]", "**", "👍", "……"]) func whatHasNoLetterSaysSo(_ text: String) {
    #expect(flaws(text).contains(.noLetters))
  }

  @Test(arguments: [
    "Contents\nArrival ........ 1\nSafety ......... 5", "January . . . . . . . 4\nFebruary . . . . . . . 8",
    "Introduction .......... iv", "____________________________", "Index ………… 12",
  ]) func dotsThatLeadToNumbersAreLeaders(_ text: String) {
    #expect(flaws(text).contains(.leaders))
  }

  @Test(arguments: [
    "He waited... and waited.... Then he left.", "| a | b |\n|---|---|\n| one | two |",
    "# Title\n\n---\n\nSome text that goes on for a while, with version 1.2.3 in it.", "f(x) = 1 - 2 - 3 - 4",
  ]) func dotsAndDashesOfProseAreNone(_ text: String) {
    #expect(!flaws(text).contains(.leaders))
  }

  @Test func controlCharactersAreFoundAndLineBreaksAreNone() {
    #expect(flaws("a\u{0}b").contains(.control))
    #expect(flaws("red \u{1B}[31m").contains(.control))
    #expect(flaws("page\u{C}break").contains(.control))
    #expect(flaws("c1 \u{93}quote\u{94}").contains(.control))
    #expect(flaws("one\n\ttwo\r\nthree") == [])
  }

  @Test func glyphsOfFontsAreFound() {
    #expect(flaws("check \u{E0A1} this").contains(.privateUse))
    #expect(flaws("(cid:12)(cid:47) text").contains(.cid))
    #expect(!flaws("see (cid: 12) and (cid:x)").contains(.cid))
  }

  @Test(arguments: ["W H E E L S", "T H E   E N D", "Chapter l e t t e r s here", "В В Е Д Е Н И Е"])
  func lettersWithSpacesBetweenAreFound(_ text: String) {
    #expect(flaws(text).contains(.spaced))
  }

  @Test(arguments: [
    "Files a b c d e f g h on a board", "J. R. R. Tolkien", "I a m", "日 本 語 の 文 章", "x y z", "plan A B or C",
  ]) func initialsAlphabetsAndSignsAreNotSpaced(_ text: String) {
    #expect(!flaws(text).contains(.spaced))
  }

  @Test func wideCharactersWeighThree() {
    #expect(ContentScan("犬は猫").weight == 9)
    #expect(ContentScan("  abc d ").weight == 5)
  }
}
