import Pickle
import Testing

/// What is told of a file that Python would run; nothing of it is run.
@Suite struct PickleSurveyTests {
  private func survey(_ pickle: [UInt8]) -> PickleSurvey { pickle.withUnsafeBytes { PickleSurvey($0) } }

  @Test func namesAreCountedAndGoOnAfterCode() {
    let uses = survey(
      text("cuserapp\nThing\ncos\nsystem\n(tRcuserapp\nThing\nc__builtin__\nlen\n(tRcos\n")
    ).globals
    #expect(uses.map(\.qualifiedName) == ["userapp.Thing", "os.system", "builtins.len"])
    #expect(uses.map(\.uses) == [2, 1, 1])
    #expect(uses.map(\.verdict) == [.opaque, .forbidden, .forbidden])
    #expect(uses[1].offset == 15)
  }

  @Test func aCallIsToldWithItsArgumentAndItsByte() {
    let found = survey(text("cos\nsystem\n(S'touch /tmp/x'\ntR."))
    #expect(found.calls.map(\.text) == ["os.system(\"touch /tmp/x\")"])
    #expect(found.calls.map(\.offset) == [29])
    #expect(found.calls.map(\.verdict) == [.forbidden])
    #expect(found.failure == nil)
  }

  @Test func aCallIsToldThoughItsResultIsThrownAway() {
    #expect(survey(text("cos\nsystem\n(S'id'\ntR0N.")).calls.map(\.text) == ["os.system(\"id\")"])
  }

  @Test func callsOfWhatACallGaveAreTold() {
    let pickle = "c__builtin__\ngetattr\n(cos\npath\nS'x'\ntR(S'id'\ntR."
    #expect(
      survey(text(pickle)).calls.map(\.text) == [
        "builtins.getattr(os.path, \"x\")", "builtins.getattr(os.path, \"x\")(\"id\")",
      ])
  }

  @Test func buildingOnAClassIsTold() {
    let found = survey(text("cdatetime\ndatetime\n(dS'a'\nI1\nsb."))
    #expect(found.calls.map(\.text) == ["datetime.datetime.__setstate__(…)"])
    #expect(found.calls.first?.verdict == .forbidden)
  }

  @Test func dataThatIsKnownRunsNothing() {
    #expect(survey(text("cdecimal\nDecimal\n(V1.5\ntR.")).calls.isEmpty)
  }

  @Test func textsOfUnknownClassesAreNotTold() throws {
    var arguments: [String] = []
    let pickle = text("cuserapp\nClient\n(tR(dVapi_key\nVsk-secret\nsb.")
    let found = pickle.withUnsafeBytes { PickleSurvey($0) { arguments.append($0.argument) } }
    #expect(arguments.contains("userapp.Client (opaque)"))
    #expect(arguments.contains("(text of 9 bytes)"))
    #expect(!(arguments + found.calls.map(\.text)).contains { $0.contains("secret") })
  }

  @Test func eachOpcodeIsALineWithItsArgument() {
    var lines: [String] = []
    let pickle = hex("80 04 8c 02 6f 73 94 4b 05 85 2e")
    pickle.withUnsafeBytes { bytes in
      _ = PickleSurvey(bytes) { lines.append("\($0.offset) \($0.opcode) \($0.argument)") }
    }
    #expect(
      lines == [
        "0 PROTO 4", "2 SHORT_BINUNICODE \"os\"", "6 MEMOIZE 0", "7 BININT1 5", "9 TUPLE1 ", "10 STOP ",
      ])
  }

  @Test func longAndDeepArgumentsAreCut() {
    let long = String(repeating: "x", count: 5000)
    let found = survey(text("cos\nsystem\n(V\(long)\ntR.")).calls
    #expect(found[0].text.count < 300)
    #expect(found[0].text.hasSuffix("(5000 bytes))"))
    let nested =
      text("cos\nsystem\n(") + [UInt8](repeating: 0x5D, count: 9000) + [UInt8](repeating: 0x61, count: 8999)
    #expect(survey(nested + text("tR.")).calls[0].text == "os.system([[[[[…]]]]])")
  }

  @Test func valuesThatContainThemselvesEnd() {
    let found = survey(text("cos\nsystem\n((lp0\ng0\natR."))
    #expect(found.calls.count == 1)
    #expect(found.calls[0].text.utf8.count < 1000)
  }

  @Test func codeIsToldHoweverMuchElseIsCalled() {
    let opaque = Array(repeatElement(text("cuserapp\nThing\n(tR0"), count: 3000).joined())
    let found = survey(opaque + text("cos\nsystem\n(tR."))
    #expect(found.callCount == 3001)
    #expect(found.calls.count == PickleSurvey.mostCalls)
    #expect(found.calls.last?.text == "os.system()")
  }

  @Test func theEndOfADamagedFileIsTold() {
    let found = survey(text("cos\nsystem\n(tR"))
    #expect(found.failure?.code == .truncated)
    #expect(found.calls.count == 1)
  }
}
