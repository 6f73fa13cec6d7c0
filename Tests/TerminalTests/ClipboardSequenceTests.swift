import Testing

@testable import Terminal

@Suite struct ClipboardSequenceTests {
  private func text(_ text: String, _ environment: [String: String] = [:]) -> String? {
    ClipboardSequence(text, environment: environment).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func theTextIsSentInBase64() {
    #expect(text("cats") == "\u{1B}]52;c;Y2F0cw==\u{07}")
  }

  @Test func tmuxTakesItOrPassesItOn() {
    #expect(
      text("cats", ["TMUX": "/tmp/x,1,0"])
        == "\u{1B}]52;c;Y2F0cw==\u{07}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Y2F0cw==\u{07}\u{1B}\\")
    #expect(text("cats", ["TMUX": ""]) == text("cats"))
  }

  @Test func screenGetsPiecesThatItTakes() throws {
    let long = try #require(text(String(repeating: "x", count: 3000), ["STY": "1.pts"]))
    let pieces = long.components(separatedBy: "\u{1B}\\").dropLast()
    #expect(pieces.count > 1)
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 768 })
    #expect(pieces.map { $0.dropFirst(2) }.joined() == text(String(repeating: "x", count: 3000)))
  }

  @Test func nothingInATextIsAControl() throws {
    let sequence = try #require(ClipboardSequence("\u{1B}]52;c;!\u{07}\n", environment: [:]))
    #expect(sequence.bytes.filter { $0 < 32 } == [0x1B, 0x07])
  }

  @Test func tooLongATextIsNone() {
    #expect(text(String(repeating: "x", count: ClipboardSequence.longestText)) != nil)
    #expect(text(String(repeating: "x", count: ClipboardSequence.longestText + 1)) == nil)
  }
}
