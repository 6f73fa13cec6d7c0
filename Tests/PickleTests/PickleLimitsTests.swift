import Pickle
import Testing

@Suite struct PickleLimitsTests {
  private func nested(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: 0x5D, count: depth) + [UInt8](repeating: 0x61, count: depth - 1) + [0x2E]
  }

  private func code(_ pickle: [UInt8], _ limits: PickleLimits = .standard) -> PickleError.Code? {
    do {
      _ = try PickleReader.read(pickle, limits: limits)
      return nil
    } catch { return error.code }
  }

  @Test func nestingIsLimited() {
    #expect(code(nested(500)) == nil)
    #expect(code(nested(502)) == .limit)
    #expect(code(nested(100_000)) == .limit)
  }

  @Test func theDepthCanBeSetUpToWhatCanBeReleased() {
    var limits = PickleLimits()
    limits.depth = 10
    #expect(code(nested(12), limits) == .limit)
    limits.depth = .max
    #expect(code(nested(PickleLimits.deepest), limits) == nil)
    #expect(code(nested(100_000), limits) == .limit)
  }

  @Test func nestedCallsAreLimited() {
    let call = text("ccollections\nOrderedDict\n")
    let pickle = Array(repeatElement(call, count: 5000).joined()) + text("(tR")
    #expect(code(pickle + Array(repeatElement(hex("8552"), count: 4999).joined()) + [0x2E]) == .limit)
  }

  @Test func sharedValuesMayNotUnfoldWithoutBounds() {
    // Sixty levels of a pair of the level before: 2^60 values in 240 bytes.
    let pickle = hex("4e 85") + Array(repeatElement(hex("32 86"), count: 60).joined()) + [0x2E]
    #expect(code(pickle) == .limit)
  }

  @Test func theExpansionGrowsWithTheFile() {
    var limits = PickleLimits()
    limits.expansion = 0
    limits.expansionPerByte = 1
    #expect(code(hex("4e 32 32 32 28 74 2e"), limits) == nil)
    #expect(code(hex("5d 4e 85 32 86 32 86 32 86 32 86 2e"), limits) == .limit)
  }

  @Test func valuesThatContainThemselvesAreRefused() {
    #expect(code(hex("5d 94 6800 61 2e")) == .cycle)
    #expect(code(hex("7d 94 4e 6800 73 2e")) == .cycle)
    #expect(code(text("cuserapp\nThing\n(tRp0\ng0\nb.")) == .cycle)
  }

  @Test func integersAreLimited() {
    var limits = PickleLimits()
    limits.integerBytes = 9
    limits.decimalDigits = 20
    #expect(code(hex("8a09 0000000000000000 01 2e"), limits) == nil)
    #expect(code(hex("8a0a 0000000000000000 0001 2e"), limits) == .limit)
    #expect(code(text("L123456789012345678901L\n."), limits) == .limit)
    #expect(code(text("cdecimal\nDecimal\n(V123456789012345678901\ntR."), limits) == .limit)
  }

  @Test func shortCallsMayNotConvertALongTextWithoutBounds() {
    let long = text("V" + String(repeating: "x", count: 100_000) + "\np0\n0")
    let call = text("c_codecs\nencode\n(g0\nVlatin1\ntR0")
    let calls = { count in long + Array(repeatElement(call, count: count).joined()) + text("N.") }
    #expect(code(calls(200)) == nil)
    let kept = text("(") + Array(repeatElement(call.dropLast(), count: 60).joined()) + text("t.")
    #expect(code(long + kept) == .limit)
  }
}
