import Pickle
import Testing

@Suite struct PickleWriterTests {
  static let values: [PickleValue] = [
    .none, .bool(true), .bool(false), .int(0), .int(255), .int(256), .int(65536), .int(-1), .int(.max),
    .int(.min), .bigInt(PickleInteger(bytes: [UInt8](repeating: 1, count: 300))), .float(-1.5),
    .float(.infinity), "", "é", .text(String(repeating: "x", count: 256)),
    .string(PickleString(bytes: hex("eda080"))), .bytes([]), .bytes([UInt8](repeating: 7, count: 300)),
    .byteArray([]), .byteArray([1]), .list([]), .list((0..<2500).map { .int($0) }), .tuple([]),
    .tuple([.int(1)]), .tuple([.int(1), .int(2)]), .tuple([.int(1), .int(2), .int(3)]),
    .tuple([.int(1), .int(2), .int(3), .int(4)]), .set([.int(1), "a"]), .frozenSet([]), .frozenSet([.none]),
    .dict((0..<2001).map { PickleEntry(.int($0), .none) }), .dict([PickleEntry("k", .list([.dict([])]))]),
    .global(PickleGlobal(module: "userapp", name: "Thing")),
  ]

  private func readBack(_ fragment: [UInt8]) throws -> PickleValue {
    try PickleReader.read([0x80, 4] + fragment + [0x2E]).value
  }

  @Test(arguments: values) func valuesSurviveAFragment(value: PickleValue) throws {
    #expect(try readBack(PickleWriter.fragment(of: value)) == value)
  }

  static let constructions: [PickleObject.Construction] = [
    .reduce([]), .reduce([.int(1)]), .new([]), .new([.int(1), .none]), .instance([.int(1)]),
    .newEx([.int(1)], [PickleEntry("k", .int(2))]),
  ]

  @Test(arguments: constructions) func objectsSurviveAFragment(construction: PickleObject.Construction) throws
  {
    let object = PickleObject(
      callee: .global(PickleGlobal(module: "userapp", name: "Thing")), construction: construction,
      state: .tuple([.none, .dict([PickleEntry("a", .int(1))])]), listItems: (0..<1500).map { .int($0) },
      dictItems: [PickleEntry("k", .none)], setItems: [.int(5)])
    #expect(try readBack(PickleWriter.fragment(of: .object(object))) == .object(object))
  }

  @Test func batchesHaveAtMostAThousandItems() throws {
    let fragment = try PickleWriter.fragment(of: .list(Array(repeating: .none, count: 2001)))
    let batch = [0x28] + [UInt8](repeating: 0x4E, count: 1000) + [0x65]
    #expect(fragment == [0x5D] + batch + batch + [0x28, 0x4E, 0x65])
  }

  @Test func aFragmentCanStandAnywhere() throws {
    let fragment = try PickleWriter.fragment(of: .dict([PickleEntry("key", "value")]))
    var writer = PickleWriter()
    writer.writeList(0..<300) { writer, number in
      writer.writeKey("key \(number)")
      writer.writeFragment(fragment)
      writer.writeKey("key \(number)")
    }
    guard case .list(let items) = try PickleReader.read(writer.finish()).value else {
      Issue.record("no list")
      return
    }
    #expect(items.count == 900)
    #expect(items[897...] == ["key 299", .dict([PickleEntry("key", "value")]), "key 299"])
  }

  @Test func keysAndNamesAreWrittenOnce() throws {
    var writer = PickleWriter()
    for _ in 0..<2 {
      writer.writeKey("abc")
      writer.writeGlobal(module: "m", name: "n")
    }
    #expect(
      writer.finish() == hex("8004 8c03616263 94 8c016d 8c016e 93 94 6800 6801 2e"))
  }

  @Test func aStoreCanBeWrittenByHand() throws {
    var writer = PickleWriter()
    writer.writeInstance(module: "langchain_community.docstore.in_memory", name: "InMemoryDocstore")
    writer.writeDict(["_dict"]) { writer, key in
      writer.writeKey(key)
      writer.writeDict(["id-0"]) { writer, id in
        writer.writeText(id)
        writer.writeInstance(module: "langchain_core.documents.base", name: "Document")
        writer.beginDict()
        writer.writeKey("id")
        writer.writeText(id)
        writer.endDict()
        writer.build()
      }
    }
    writer.build()
    writer.writeDict(0..<1) { writer, row in
      writer.writeInt(row)
      writer.writeText("id-\(row)")
    }
    writer.makePair()
    let document = try PickleReader.read(writer.finish())
    #expect(document.globals.map(\.name) == ["InMemoryDocstore", "Document"])
    guard case .tuple(let parts) = document.value, case .object(let docstore) = parts[0] else {
      Issue.record("no store")
      return
    }
    #expect(docstore.construction == .new([]))
    #expect(parts[1] == .dict([PickleEntry(.int(0), "id-0")]))
  }

  @Test func bytesCanBeDrainedInPieces() throws {
    var writer = PickleWriter()
    writer.writeKey("abc")
    let head = writer.drain()
    writer.writeKey("abc")
    writer.makePair()
    #expect(writer.bytes == hex("6800 86"))
    #expect(try PickleReader.read(head + writer.finish()).value == .tuple(["abc", "abc"]))
  }

  @Test func aValueTooDeepIsNotWritten() {
    var value = PickleValue.none
    for _ in 0...PickleLimits.deepest { value = .list([value]) }
    #expect { try PickleWriter.fragment(of: value) } throws: { ($0 as? PickleError)?.code == .limit }
  }
}
