import Pickle
import Testing

@Suite struct PickleReaderTests {
  static let scalars: [(String, PickleValue)] = [
    ("4e2e", .none), ("882e", .bool(true)), ("892e", .bool(false)),
    ("4bff2e", .int(255)), ("4dffff2e", .int(65535)), ("4affffffff2e", .int(-1)),
    ("8a002e", .int(0)), ("8a01802e", .int(-128)), ("8a02ff002e", .int(255)),
    ("8a08ffffffffffffff7f2e", .int(.max)), ("8a0800000000000000802e", .int(.min)),
    ("8a09 000000000000008000 2e", .bigInt(PickleInteger(bytes: hex("000000000000008000")))),
    ("8b01000000852e", .int(-123)), ("8a09ffffffffffffffffff2e", .int(-1)),
    ("473ff80000000000002e", .float(1.5)), ("4780000000000000002e", .float(-0.0)),
    ("8c03e282ac2e", "€"), ("58030000006162632e", "abc"), ("8d03000000000000006162632e", "abc"),
    ("8c03eda0802e", .string(PickleString(bytes: hex("eda080")))),
    ("430200ff2e", .bytes([0, 255])), ("4202000000 00ff2e", .bytes([0, 255])),
    ("8e020000000000000000ff2e", .bytes([0, 255])), ("96020000000000000000ff2e", .byteArray([0, 255])),
    ("5402000000 61622e", "ab"), ("5502 61622e", "ab"),
  ]

  @Test(arguments: scalars) func readsScalars(pickle: String, value: PickleValue) throws {
    #expect(try PickleReader.read(hex(pickle)).value == value)
  }

  static let containers: [(String, PickleValue)] = [
    ("292e", .tuple([])), ("4b01852e", .tuple([.int(1)])), ("4b014b02862e", .tuple([.int(1), .int(2)])),
    ("4b014b024b03872e", .tuple([.int(1), .int(2), .int(3)])),
    ("28 4b01 4b02 4b03 4b04 74 2e", .tuple([.int(1), .int(2), .int(3), .int(4)])),
    ("28742e", .tuple([])), ("5d2e", .list([])), ("5d4b01612e", .list([.int(1)])),
    ("5d284b014b02652e", .list([.int(1), .int(2)])), ("284b014b026c2e", .list([.int(1), .int(2)])),
    ("5d 28 4b01 65 4b02 61 28 4b03 65 2e", .list([.int(1), .int(2), .int(3)])),
    ("7d2e", .dict([])), ("7d4b014e732e", .dict([PickleEntry(.int(1), .none)])),
    ("7d284b014e4b024e752e", .dict([PickleEntry(.int(1), .none), PickleEntry(.int(2), .none)])),
    ("284b014e642e", .dict([PickleEntry(.int(1), .none)])),
    ("8f284b014b02902e", .set([.int(1), .int(2)])), ("284b01912e", .frozenSet([.int(1)])),
  ]

  @Test(arguments: containers) func readsContainers(pickle: String, value: PickleValue) throws {
    #expect(try PickleReader.read(hex(pickle)).value == value)
  }

  static let lines: [(String, PickleValue)] = [
    ("I12\n.", .int(12)), ("I-7\n.", .int(-7)), ("I01\n.", .bool(true)), ("I00\n.", .bool(false)),
    ("I0\n.", .int(0)), ("L12L\n.", .int(12)), ("L-9223372036854775808L\n.", .int(.min)),
    ("F1.5\n.", .float(1.5)), ("F-1e+16\n.", .float(-1e16)), ("Finf\n.", .float(.infinity)),
    (#"S'a\'b\x41\n\101\\'"# + "\n.", "a'bA\nA\\"), ("S\"x\"\n.", "x"),
    (#"Vsnow \u2603 \U0001f600 \\u0041"# + "\n.", #"snow ☃ 😀 \\u0041"#),
    (#"V\ud800"# + "\n.", .string(PickleString(bytes: hex("eda080")))),
    ("(dp0\nS'k'\np1\ng1\ns.", .dict([PickleEntry("k", "k")])),
    ("(I1\nI2\nt.", .tuple([.int(1), .int(2)])),
    ("(I1\n1N.", .none), ("I1\n(0.", .int(1)), ("I1\nI2\n0.", .int(1)),
  ]

  @Test(arguments: lines)
  func readsTheTextOfProtocol0(pickle: String, value: PickleValue) throws {
    #expect(try PickleReader.read(text(pickle)).value == value)
  }

  @Test func readsLatin1InProtocol0Text() throws {
    #expect(try PickleReader.read(hex("56e90a2e")).value == "é")
  }

  @Test(arguments: [
    "80 04 4b01 2e", "80 04 95 0300000000000000 4b01 2e", "80 04 95 0000000000000000 4b01 2e",
    "95 0100000000000000 4b01 2e ffff", "95 0400000000000000 4b01 95 0000000000000000 2e",
  ])
  func framesMayBeAbsentOrOfAnotherLength(pickle: String) throws {
    #expect(try PickleReader.read(hex(pickle)).value == .int(1))
  }

  @Test func duplicatesShareTheirValue() throws {
    #expect(try PickleReader.read(hex("4b01 32 86 2e")).value == .tuple([.int(1), .int(1)]))
  }

  @Test func sharedContainersSeeWhatIsAddedLater() throws {
    // l = []; t = (l, l); l.append(1)
    let value = try PickleReader.read(hex("5d 94 6800 86 6800 4b01 61 30 2e")).value
    #expect(value == .tuple([.list([.int(1)]), .list([.int(1)])]))
  }

  @Test func memoNumbersMayBeAnyNumber() throws {
    #expect(try PickleReader.read(hex("4b07 72ffffffff 30 6affffffff 2e")).value == .int(7))
    #expect(try PickleReader.read(hex("4b07 7105 94 30 6801 2e")).value == .int(7))
  }

  @Test func repeatedKeysTakeTheLastValueAndTheFirstPlace() throws {
    let value = try PickleReader.read(hex("7d 28 4b01 4e 4b02 4e 88 4b09 75 2e")).value
    #expect(value == .dict([PickleEntry(.int(1), .int(9)), PickleEntry(.int(2), .none)]))
    #expect(try PickleReader.read(hex("8f 28 4b01 88 473ff0000000000000 90 2e")).value == .set([.int(1)]))
  }

  @Test func manyRepeatedKeysTakeTheLastValue() throws {
    var writer = PickleWriter()
    writer.writeDict(0..<100) { writer, number in
      writer.writeText("key \(number % 50)")
      writer.writeInt(number)
    }
    guard case .dict(let entries) = try PickleReader.read(writer.finish()).value else {
      Issue.record("no dict")
      return
    }
    #expect(entries.count == 50)
    #expect(entries[3] == PickleEntry("key 3", .int(53)))
  }

  @Test func bytesAfterStopAreIgnored() throws {
    let document = try PickleReader.read(hex("80044e2effff"))
    #expect(document.length == 4)
    #expect(document.protocolVersion == 4)
  }

  @Test func theProtocolIsGuessedWhereItIsNotDeclared() throws {
    #expect(try PickleReader.read(text("I1\n.")).protocolVersion == 0)
    #expect(try PickleReader.read(hex("4b01 7100 2e")).protocolVersion == 1)
    #expect(try PickleReader.read(hex("80054e2e")).protocolVersion == 5)
  }
}
