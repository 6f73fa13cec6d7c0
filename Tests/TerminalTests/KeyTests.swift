import Terminal
import Testing

struct KeyTests {
  @Test(arguments: [
    "a", "G", "space", "C-s", "C-space", "M-x", "F1", "F12", "tab", "S-tab", "enter", "esc", "pgdn", "C-left",
    "/", "?",
  ])
  func notationReadsBack(name: String) {
    #expect(Key(name)?.description == name)
  }

  @Test func unknownNamesAreNoKeys() {
    for name in ["", "Fx", "F99", "C-", "hyper-x", "ab"] { #expect(Key(name) == nil) }
  }

  @Test func sequencesAreSeparatedByBlanks() {
    #expect(Key.sequence("g g") == [.character("g"), .character("g")])
    #expect(Key.sequence("g nonsense") == nil)
  }
}
