import Terminal
import Testing

@testable import CursesTerminal

struct ColorDepthTests {
  @Test(arguments: [
    (["NO_COLOR": "1", "COLORTERM": "truecolor"], ColorDepth.mono), (["COLORTERM": "truecolor"], .trueColor),
    (["NO_COLOR": "", "TERM": "xterm-256color"], .palette256), (["TERM": "xterm"], .ansi16), ([:], .ansi16),
  ])
  func theEnvironmentAsksForADepth(environment: [String: String], depth: ColorDepth) {
    #expect(ColorDepth.detect(environment: environment) == depth)
  }

  @Test func theTerminalLimitsTheDepth() {
    #expect(ColorDepth.trueColor.limited(to: 256) == .palette256)
    #expect(ColorDepth.palette256.limited(to: 16) == .ansi16)
    #expect(ColorDepth.trueColor.limited(to: 0) == .mono)
  }

  @Test func coloursBecomeTheNearestThereIs() {
    #expect(ColorDepth.palette256.number(of: .rgb(255, 0, 0), among: 256) == 196)
    #expect(ColorDepth.palette256.number(of: .rgb(8, 8, 8), among: 256) == 232)
    #expect(ColorDepth.ansi16.number(of: .rgb(250, 5, 5), among: 16) == 9)
    #expect(ColorDepth.ansi16.number(of: .ansi(9), among: 8) == 1)
    #expect(ColorDepth.mono.number(of: .rgb(1, 2, 3), among: 256) == -1)
    #expect(ColorDepth.trueColor.number(of: .rgb(1, 2, 3), among: 1 << 24) == 0x010203)
    #expect(ColorDepth.trueColor.number(of: .ansi(3), among: 1 << 24) == 3)
    #expect(ColorDepth.trueColor.number(of: .ansi(8), among: 1 << 24) == 0x7F7F7F)
    #expect(ColorDepth.trueColor.number(of: .palette(208), among: 1 << 24) == 0xFF8700)
    #expect(ColorDepth.trueColor.number(of: .ansi(8), among: 1 << 24, indexed: 256) == 8)
    #expect(ColorDepth.trueColor.number(of: .palette(208), among: 1 << 24, indexed: 256) == 208)
    #expect(ColorDepth.trueColor.number(of: .rgb(0, 0, 200), among: 1 << 24, indexed: 256) == 0x0001C8)
    #expect(ColorDepth.trueColor.number(of: .rgb(0, 0, 5), among: 1 << 24) == 0x000105)
    #expect(ColorDepth.trueColor.number(of: .standard, among: 1 << 24) == -1)
  }
}
