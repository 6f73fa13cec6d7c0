import Foundation
import Testing

@testable import CursesTerminal

struct DirectColorTests {
  private static let known = ["xterm-256color", "tmux-256color", "screen-256color"]

  private func file(_ name: String) throws -> [UInt8] {
    let letter = String(name.prefix(1))
    return [UInt8](try Data(contentsOf: URL(filePath: "/lib/terminfo/\(letter)/\(name)")))
  }

  /// What the system's own reader says of a description, a capability a line.
  private func infocmp(_ name: String, terminfo: String? = nil) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/infocmp")
    process.arguments = ["-x1", name]
    process.environment = terminfo.map { ["TERMINFO": $0] } ?? [:]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").filter { $0.hasPrefix("\t") }.map(String.init)
  }

  @Test(arguments: known + ["linux", "vt100"]) func aDescriptionIsWrittenAsItWasRead(_ name: String) throws {
    let entry = try #require(TerminfoEntry(try file(name)))
    let bytes = try #require(entry.bytes)
    #expect(try infocmp(name, terminfo: "b64:" + Data(bytes).base64EncodedString()) == infocmp(name))
    #expect(TerminfoEntry(bytes) == entry)
  }

  @Test(arguments: known) func onlyColoursAreOthersInTheChangedDescription(_ name: String) throws {
    let environment = ["TERM": name, "COLORTERM": "truecolor", "TMUX": "/tmp/tmux"]
    let terminfo = try #require(DirectColor.terminfo(environment: environment, depth: .trueColor))
    let changed = Set(try infocmp(name, terminfo: terminfo))
    let own = Set(try infocmp(name))
    let names = { (lines: Set<String>) in
      Set(lines.map { $0.dropFirst().prefix { $0.isLetter || $0.isNumber } })
    }
    #expect(names(changed.subtracting(own)) == ["colors", "setaf", "setab", "RGB", "CO"])
    #expect(names(own.subtracting(changed)).isSubset(of: ["colors", "setaf", "setab", "ccc", "initc", "oc"]))
    #expect(changed.contains("\tcolors#0x1000000,"))
  }

  @Test(arguments: [
    ["TERM": "xterm-256color"],
    ["TERM": "xterm-256color", "COLORTERM": "yes"],
    ["TERM": "screen-256color", "COLORTERM": "truecolor"],
    ["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "x", "STY": "1.screen"],
    ["TERM": "xterm", "COLORTERM": "truecolor"], ["TERM": "no-such-terminal", "COLORTERM": "truecolor"],
    ["TERM": "../x/xterm-256color", "COLORTERM": "truecolor"], ["COLORTERM": "truecolor"],
  ])
  func whereItIsNotKnownToBeUnderstoodNothingChanges(_ environment: [String: String]) {
    #expect(DirectColor.terminfo(environment: environment, depth: .trueColor) == nil)
  }

  @Test func fewerColoursThanAskedForStayFewer() {
    let environment = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]
    #expect(DirectColor.terminfo(environment: environment, depth: .mono) == nil)
    #expect(DirectColor.terminfo(environment: environment, depth: .trueColor) != nil)
  }

  @Test func damagedDescriptionsAreRefusedWhereverTheyEnd() throws {
    let bytes = try file("xterm-256color")
    for end in 0..<bytes.count where end % 7 == 0 { _ = TerminfoEntry(Array(bytes[..<end])) }
    #expect(TerminfoEntry([]) == nil)
    #expect(TerminfoEntry(Array(bytes[..<100])) == nil)
    #expect(TerminfoEntry([0, 0] + bytes.dropFirst(2)) == nil)
    #expect(TerminfoEntry([0x1a, 1] + [UInt8](repeating: 0xff, count: 10)) == nil)
  }
}
