import Terminal
import Testing

@Suite struct GNUScreenTests {
  @Test(arguments: [
    (["STY": "1.pts-0.host", "TERM": "screen"], true),
    (["STY": "1.pts-0.host", "TERM": "screen.xterm-256color", "TMUX": "/tmp/tmux"], true),
    (["STY": "1.pts-0.host", "TERM": "tmux-256color", "TMUX": "/tmp/tmux"], false),
    (["TERM": "screen-256color", "TMUX": "/tmp/tmux"], false),
    (["STY": "", "TERM": "screen"], false),
    ([:], false),
  ])
  func isKnownByItsEnvironment(environment: [String: String], expected: Bool) {
    #expect(GNUScreen.isAround(environment) == expected)
  }
}
