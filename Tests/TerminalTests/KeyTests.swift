import Terminal
import Testing

struct KeyTests {
  @Test(arguments: [
    "a", "G", "space", "C-s", "C-space", "M-x", "M-X", "M-space", "C-_", "F1", "F12", "tab", "S-tab", "enter",
    "esc", "pgdn", "C-left",
    "/", "?",
  ])
  func notationReadsBack(name: String) {
    #expect(Key(name)?.description == name)
  }

  @Test func unknownNamesAreNoKeys() {
    for name in ["", "Fx", "F99", "F+1", "C-", "C-1", "C-é", "M-", "hyper-x", "ab"] {
      #expect(Key(name) == nil)
    }
  }

  @Test(arguments: [
    ("Escape", Key.escape), ("Return", .enter), ("PgDn", .pageDown), ("Tab", .tab), ("s-tab", .backTab),
    ("f5", .function(5)), ("c-S", .control("s")), ("C-i", .tab), ("C-m", .enter), ("C-[", .escape),
    ("C-@", .control(" ")),
  ])
  func otherSpellingsMeanTheKeyThatTheTerminalReports(name: String, key: Key) {
    #expect(Key(name) == key)
  }

  @Test func sequencesAreSeparatedByBlanks() {
    #expect(Key.sequence("g g") == [.character("g"), .character("g")])
    #expect(Key.sequence("g nonsense") == nil)
  }
}
