import Foundation
import StoreFormats
import Testing

struct ReadLimitsTests {
  @Test func limitsAreWrittenAsNamesWithNumbers() throws {
    let limits = try ReadLimits(parsing: "pickle-depth=800, index-memory=4G,pickle-integer=3K")
    #expect(limits.pickle.depth == 800)
    #expect(limits.pickle.integerBytes == 3072)
    #expect(limits.pickle.expansion == ReadLimits.standard.pickle.expansion)
    #expect(limits.index.tableBytes == 4 << 30)
    #expect(try ReadLimits(parsing: "") == .standard)
  }

  @Test(arguments: [
    "depth=3", "pickle-depth", "pickle-depth=", "pickle-depth=-1", "pickle-values=9999999999G",
  ])
  func whatIsNoLimitIsExplained(text: String) {
    let error = #expect(throws: StoreFormatError.self) { try ReadLimits(parsing: text) }
    #expect(error?.message.hasPrefix("FATHOM_LIMITS: ") == true)
  }

  @Test func anUnknownNameListsTheKnownOnes() {
    let error = #expect(throws: StoreFormatError.self) { try ReadLimits(parsing: "depth=3") }
    #expect(error?.message.contains("choose pickle-depth, ") == true)
    #expect(error?.message.hasSuffix(", index-candidates") == true)
  }

  @Test func aFileBeyondALimitSaysWhichAndHowToRaiseIt() throws {
    let folder = try TemporaryFolder()
    let nested =
      [0x80, 4] + [UInt8](repeating: 0x5D, count: 700) + [UInt8](repeating: 0x61, count: 699) + [0x2E]
    try folder.write(nested, to: "deep.pkl")
    let location = try StoreLocation(path: folder.path + "/deep.pkl")
    let error = #expect(throws: StoreFormatError.self) { try StoreReader(location).read() }
    #expect(error?.code == .limit)
    #expect(error?.message.contains("nested more than 500 deep") == true)
    #expect(error?.message.hasSuffix("raise it: FATHOM_LIMITS=pickle-depth=NUMBER") == true)
    var limits = ReadLimits()
    limits.pickle.depth = 800
    let raised = #expect(throws: StoreFormatError.self) { try StoreReader(location, limits: limits).read() }
    #expect(raised?.message.contains("a list of 1 values") == true)
  }

  @Test func anIndexBeyondALimitSaysSoToo() throws {
    let folder = try TemporaryFolder()
    // Empty chains of transforms inside each other, and a flat index in the innermost.
    var header: [UInt8] = [4, 0, 0, 0] + [UInt8](repeating: 0, count: 24) + [1, 1, 0, 0, 0]
    let chains = Array(repeatElement(Array("IxPT".utf8) + header + [0, 0, 0, 0], count: 30).joined())
    header += [UInt8](repeating: 0, count: 8)
    try folder.write(chains + Array("IxF2".utf8) + header, to: "nested.faiss")
    let location = try StoreLocation(path: folder.path + "/nested.faiss")
    let error = #expect(throws: StoreFormatError.self) { try StoreReader(location).read() }
    #expect(error?.message.hasSuffix("raise it: FATHOM_LIMITS=index-depth=NUMBER") == true)
    var limits = ReadLimits()
    limits.index.depth = 40
    #expect(try StoreReader(location, limits: limits).read().version.count == 0)
  }
}
