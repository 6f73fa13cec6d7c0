import Pickle
import Testing

@Suite struct PickleObjectTests {
  private func object(_ pickle: [UInt8]) throws -> PickleObject {
    let value = try PickleReader.read(pickle).value
    guard case .object(let object) = value else {
      throw PickleError(code: .malformed, message: "no object but \(value)", offset: 0)
    }
    return object
  }

  @Test func unknownClassesAreKeptAsTheirRecipe() throws {
    let thing = try object(text("cuserapp\nThing\n(I1\nI2\ntR(dS'k'\nI3\nsb."))
    #expect(thing.global == PickleGlobal(module: "userapp", name: "Thing"))
    #expect(thing.global?.offset == 0)
    #expect(thing.construction == .reduce([.int(1), .int(2)]))
    #expect(thing.state == .dict([PickleEntry("k", .int(3))]))
  }

  @Test func instancesOfProtocol0AreKept() throws {
    #expect(try object(text("(I1\niuserapp\nThing\n.")).construction == .instance([.int(1)]))
    #expect(try object(text("(cuserapp\nThing\nI1\no.")).construction == .instance([.int(1)]))
  }

  @Test func keywordsAreKept() throws {
    let thing = try object(text("cuserapp\nThing\n)}S'k'\nI1\ns") + hex("92 2e"))
    #expect(thing.construction == .newEx([], [PickleEntry("k", .int(1))]))
  }

  @Test func itemsAreKeptApart() throws {
    let thing = try object(
      text("cuserapp\nThing\n)R(I1\nI2\neI3\nI4\ns(I5\n") + hex("90 2e"))
    #expect(thing.listItems == [.int(1), .int(2)])
    #expect(thing.dictItems == [PickleEntry(.int(3), .int(4))])
    #expect(thing.setItems == [.int(5)])
  }

  @Test func reconstructorsOfProtocol0AreInstances() throws {
    let thing = try object(text("ccopy_reg\n_reconstructor\n(cuserapp\nThing\nc__builtin__\nobject\nNtR."))
    #expect(thing.callee == .global(PickleGlobal(module: "userapp", name: "Thing")))
    #expect(thing.construction == .new([]))
  }

  @Test func callsOfBuiltinTypesArePlainValues() throws {
    let plain: [(String, PickleValue)] = [
      ("set\n((lI1\natR", .set([.int(1)])), ("frozenset\n((lI1\natR", .frozenSet([.int(1)])),
      ("list\n(tR", .list([])), ("tuple\n((lI1\natR", .tuple([.int(1)])), ("dict\n(tR", .dict([])),
      ("dict\n(tRI1\nI2\ns", .dict([PickleEntry(.int(1), .int(2))])), ("unicode\n(Vx\ntR", "x"),
      ("long\n(V12\ntR", .int(12)), ("float\n(F1.5\ntR", .float(1.5)), ("bytes\n(tR", .bytes([])),
      ("bytearray\n(V\u{e9}\nVlatin-1\ntR", .byteArray([0xC3, 0xA9])),
    ]
    for (pickle, value) in plain {
      #expect(try PickleReader.read(text("c__builtin__\n" + pickle + ".")).value == value)
    }
    #expect(
      try PickleReader.read(text("c_codecs\nencode\n(V\\u00e9\nVlatin1\ntR.")).value == .bytes([0xE9]))
  }

  @Test func zonesAreMadeByTheOneAllowedGetattr() throws {
    let pickle = text("cbuiltins\ngetattr\n(czoneinfo\nZoneInfo\nV_unpickle\ntR(VEurope/Paris\nI1\ntR.")
    let zone = try object(pickle)
    guard case .object(let method) = zone.callee else {
      Issue.record("the callee is \(zone.callee)")
      return
    }
    #expect(method.arguments.last == "_unpickle")
    #expect(zone.arguments == ["Europe/Paris", .int(1)])
    #expect(throws: PickleError.self) { try PickleReader.read(pickle.dropLast() + text("(tR.")) }
  }

  @Test func pythonTwoNamesAreTranslatedInOldProtocolsOnly() throws {
    #expect(try object(text("c__builtin__\nxrange\n(I3\ntR.")).global?.description == "builtins.range")
    #expect(throws: PickleError.self) { try PickleReader.read([0x80, 4] + text("c__builtin__\nxrange\n.")) }
  }

  @Test func numpyArraysMustFillTheirShape() throws {
    func array(shape: String, bytes: Int) -> [UInt8] {
      text("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntC") + hex("01 62") + text("tR")
        + text("(I1\n(\(shape)tcnumpy\ndtype\n(Vf4\nI0\nI1\ntRI00\nC") + [UInt8(bytes)]
        + [UInt8](repeating: 0, count: bytes) + text("tb.")
    }
    #expect(throws: Never.self) { try PickleReader.read(array(shape: "I2\nI3\n", bytes: 24)) }
    #expect(throws: PickleError.self) { try PickleReader.read(array(shape: "I2\nI3\n", bytes: 20)) }
    #expect(throws: PickleError.self) {
      try PickleReader.read(array(shape: "L4611686018427387904L\nI16\n", bytes: 0))
    }
  }
}
