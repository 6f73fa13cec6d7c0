import Pickle
import Testing

@Suite struct PickleReaderRefusalTests {
  static let damaged: [(String, PickleError.Code)] = [
    ("", .truncated), ("4e", .truncated), ("4b", .truncated), ("8c0561622e", .truncated),
    ("8dffffffffffffffff2e", .truncated), ("8e ffffffffffffff7f 2e", .truncated),
    ("95 ff00000000000000 4e2e", .truncated), ("49 31", .truncated),
    ("ff", .malformed), ("2e", .malformed), ("302e", .malformed), ("80062e", .malformed),
    ("4e 28 30 30 30 2e", .malformed), ("4e 28 85 2e", .malformed), ("4e 28 2e", .malformed),
    ("74 2e", .malformed), ("65 2e", .malformed), ("4e 28 4e 65 2e", .malformed),
    ("7d 28 4e 75 2e", .malformed), ("28 4e 64 2e", .malformed), ("6805 2e", .malformed),
    ("8b ffffffff 2e", .malformed), ("8c01ff2e", .malformed), ("8c02c0802e", .malformed),
    ("8c04f49080802e", .malformed), ("7d 5d 4e 73 2e", .malformed), ("8f 28 7d 90 2e", .malformed),
    ("54 02000000 ffff 2e", .malformed), ("7d 7d 62 2e", .malformed), ("4e 29 52 2e", .malformed),
    ("4e 4e 93 2e", .malformed),
    ("82 01 2e", .unsupportedOpcode), ("83 0100 2e", .unsupportedOpcode),
    ("84 01000000 2e", .unsupportedOpcode),
    ("51 2e", .unsupportedOpcode), ("50 31 0a 2e", .unsupportedOpcode), ("97 2e", .unsupportedOpcode),
    ("4e 98 2e", .unsupportedOpcode),
  ]

  @Test(arguments: damaged) func refusesDamage(pickle: String, code: PickleError.Code) {
    #expect { try PickleReader.read(hex(pickle)) } throws: { ($0 as? PickleError)?.code == code }
  }

  static let badLines = [
    "I\n.", "I1x\n.", "I007\n.", "I1_0\n.", "L\n.", "F\n.", "F0x1p3\n.", "Fabc\n.", "Sabc\n.", "S'abc\n.",
    "S'\\x4'\n.", "V\\u12\n.", "V\\U00110000\n.", "Np-1\n.", "Npx\n.", "Ng-1\n.", "c\nname\n.",
  ]

  @Test(arguments: badLines) func refusesBadLines(pickle: String) {
    #expect { try PickleReader.read(text(pickle)) } throws: { ($0 as? PickleError)?.code == .malformed }
  }

  static let code = [
    "cos\nsystem\n.", "cposix\nsystem\n(S'true'\ntR.", "(S'true'\nios\nsystem\n.",
    "c__builtin__\neval\n.", "c__builtin__\ngetattr\n(c__builtin__\nstr\nS'format'\ntR.",
    // Only a pickled store may get its embedder's method.
    "c__builtin__\ngetattr\n(cuserapp\nThing\n(tRS'embed_query'\ntR.",
    "clangchain.vectorstores.faiss\nFAISS\nc__builtin__\ngetattr\n(cuserapp\nThing\n(tRS'shell'\ntR.",
    "clangchain.vectorstores.faiss\nFAISS\nc__builtin__\ngetattr\n(cuserapp\nThing\nS'embed_query'\ntR.",
    "c__builtin__\nlen\n(S'x'\ntR.", "c__builtin__\ntype\n(tR.", "ccommands\ngetoutput\n.",
    "cdatetime\nsys.modules\n.", "cuserapp\nos.system\n.", "cuserapp\nThing.__init__\n.",
    "cnumpy\nload\n.", "cnumpy\ndtype\n(S'O8'\nI0\nI1\ntR.", "ctorch._utils\n_rebuild_tensor\n.",
    "cfaiss\nread_index\n.", "cfaiss.swigfaiss\nIndexFlat.__init__\n.",
    "c_codecs\nencode\n(V x\nV rot13\ntR.", "c_codecs\nencode\n(Vx\nVzlib\ntR.",
    "ccopy_reg\n_reconstructor\n(c__builtin__\ntype\nc__builtin__\nobject\nNtR.",
    "cos\nsystem\n0N.", "cuserapp\nThing\n(cos\nsystem\ntR.",
  ]

  @Test(arguments: code) func refusesCode(pickle: String) {
    #expect { try PickleReader.read(text(pickle)) } throws: { ($0 as? PickleError)?.code == .forbiddenGlobal }
  }

  @Test func aRefusalNamesTheGlobalAndItsByte() {
    let pickle = hex("80 04 4e 30 8c 05") + text("posix") + hex("8c 06") + text("system") + hex("93 2e")
    let error = #expect(throws: PickleError.self) { try PickleReader.read(pickle) }
    #expect(error?.offset == 19)
    #expect(error?.message.contains("STACK_GLOBAL names posix.system at byte 19") == true)
  }

  @Test func namesHaveASensibleLength() {
    let name = text("V" + String(repeating: "x", count: 5000) + "\n")
    #expect { try PickleReader.read(name + text("Vx\n") + hex("93 2e")) } throws: {
      ($0 as? PickleError)?.code == .malformed
    }
  }

  static let badData = [
    "cdecimal\nDecimal\n(Vgarbage\ntR.", "cdecimal\nDecimal\n(V1e\ntR.", "cdecimal\nDecimal\n(I1\ntR.",
    "cdatetime\ndate\n(c_codecs\nencode\n(Vabc\nVlatin1\ntRtR.",
    "c_codecs\nencode\n(V\\u2603\nVlatin1\ntR.", "c__builtin__\nbytearray\n(I1000000000000\ntR.",
    "cuserapp\nThing\n(I1\nsb.", "cuserapp\nThing\nNb.", "I1\n(tR.", "cuserapp\nThing\nNR.",
    "cdecimal\nDecimal\n(V1\ntR(tR.", "c__builtin__\nset\n((lp0\n(lp1\natR.",
  ]

  @Test(arguments: badData) func refusesDataThatIsNone(pickle: String) {
    #expect { try PickleReader.read(text(pickle)) } throws: { ($0 as? PickleError)?.code == .malformed }
  }

  @Test(arguments: ["1", "-1.50", ".5", "5.", "+1E-9", "NaN", "-sNaN12", "Infinity", "-inf"])
  func acceptsDecimals(decimal: String) throws {
    let value = try PickleReader.read(text("cdecimal\nDecimal\n(V\(decimal)\ntR.")).value
    guard case .object(let object) = value else {
      throw PickleError(code: .malformed, message: "", offset: 0)
    }
    #expect(object.arguments == [.text(decimal)])
  }
}
