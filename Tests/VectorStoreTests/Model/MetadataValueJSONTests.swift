import Testing
import VectorStore

@Suite struct MetadataValueJSONTests {
  @Test(
    arguments: [
      ("null", .null), ("true", true), (" [1, 2.0, \"x\"] ", [1, 2.0, "x"]), ("-0", 0), ("1.0", .float(1)),
      ("1e2", .float(100)), ("-2.5E-1", .float(-0.25)), ("9223372036854775807", .int(.max)),
      ("Infinity", .float(.infinity)),
      ("-Infinity", .float(-.infinity)), ("{}", .dictionary([:])), ("[]", []),
      ("\"\\u00e9\\ud83d\\ude00\\n\"", "é😀\n"),
      (#"{"$t":"float","v":"-inf"}"#, .float(-.infinity)),
      (#"{"$t":"float","v":"0.5","bits":"3fe0000000000000"}"#, 0.5),
      (#"{"$t":"int","v":"42"}"#, 42), (#"{"$t":"tuple","v":[1,[2]]}"#, .tuple([1, [2]])),
      (#"{"$t":5}"#, ["$t": 5]),
      (#"{"a":1,"a":2}"#, ["a": 2]),
    ] as [(String, MetadataValue)])
  func reads(text: String, value: MetadataValue) throws {
    #expect(try MetadataValue(json: text) == value)
  }

  @Test func keepsTheOrderOfKeys() throws {
    let value = try MetadataValue(json: #"{"z":1,"a":2,"m":3}"#)
    #expect(value.json == #"{"z":1,"a":2,"m":3}"#)
  }

  @Test func integersBeyond64BitsAreForeign() throws {
    for text in ["9223372036854775808", #"{"$t":"int","v":"+009223372036854775808"}"#] {
      guard case .foreign(let value) = try MetadataValue(json: text) else {
        Issue.record("not foreign")
        return
      }
      #expect(value.kind == "int")
      #expect(value.summary == "9223372036854775808")
      #expect(value.fields == ["v": "9223372036854775808"])
      #expect(value.encoded.isEmpty)
    }
  }

  @Test func loneSurrogatesAreKept() throws {
    let bytes: [UInt8] = [0x78, 0xed, 0xb3, 0xbf, 0x79]
    for text in [#""x\udcffy""#, #"{"$t":"str","utf8_surrogatepass_hex":"78edb3bf79"}"#] {
      let value = try MetadataValue(json: text)
      #expect(value == .string(Text(utf8: bytes)))
      #expect(value.json == #"{"$t":"str","utf8_surrogatepass_hex":"78edb3bf79"}"#)
    }
    #expect(try MetadataValue(json: #""\ud83d\u0041""#) == .string(Text(utf8: [0xed, 0xa0, 0xbd, 0x41])))
  }

  @Test(arguments: [#"{"$t":"a\ud800","v":1}"#, #"{"$t":"a","\ud800":1,"\ud801":2}"#])
  func aDictWithLoneSurrogatesInItsNamesIsNoForeignValue(text: String) throws {
    let value = try MetadataValue(json: text)
    guard case .dictionary(let content) = value else { throw JSONError(message: "no dict", offset: 0) }
    #expect(content.entries.count == text.split(separator: ",").count)
    #expect(try MetadataValue(json: value.json) == value)
  }

  @Test func otherKindsAreForeignWithTheirFieldsInOrder() throws {
    let text = #"{"$t":"datetime","iso":"2024-10-27T02:30:00","fold":1}"#
    let value = try MetadataValue(json: text)
    guard case .foreign(let foreign) = value else {
      Issue.record("not foreign")
      return
    }
    #expect(foreign.kind == "datetime")
    #expect(foreign.summary == "2024-10-27 02:30:00")
    #expect(foreign.fields == ["iso": "2024-10-27T02:30:00", "fold": 1])
    #expect(value.json == text)
  }

  @Test(
    arguments: [
      (.float(1), "1.0"), (.float(-0.0), "-0.0"), (.float(0.1), "0.1"),
      (.float(.leastNonzeroMagnitude), "5e-324"),
      (.float(1e16), "1e+16"), (.float(.nan), #"{"$t":"float","v":"nan"}"#),
      (.float(-.infinity), #"{"$t":"float","v":"-inf"}"#), (.int(9_007_199_254_740_991), "9007199254740991"),
      (.int(9_007_199_254_740_992), #"{"$t":"int","v":"9007199254740992"}"#),
      (.int(.min), #"{"$t":"int","v":"-9223372036854775808"}"#),
      (.tuple([1, 2.0]), #"{"$t":"tuple","v":[1,2.0]}"#),
      (["$t": "float"], #"{"$t":"dict","items":[["$t","float"]]}"#),
      (.dictionary(Metadata([(1, "a"), (.null, 2)])), #"{"$t":"dict","items":[[1,"a"],[null,2]]}"#),
      ("é😀\"\\/", #""é😀\"\\/""#),
      ("\u{1b}[31m\u{7f}\u{9b}\u{202e}\n\t\r\0", #""\u001b[31m\u007f\u009b\u202e\n\t\r\u0000""#),
      (["a": [.null, true]], #"{"a":[null,true]}"#),
    ] as [(MetadataValue, String)])
  func writes(value: MetadataValue, text: String) {
    #expect(value.json == text)
  }

  @Test(arguments: [
    ("", 0), ("  ", 2), ("tru", 0), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1),
    ("{\"a\":1,}", 7),
    ("01", 0), ("1.", 2), ("-", 1), ("1e", 2), (".5", 0), ("+1", 0), ("\"a", 0), ("\"\\x\"", 2),
    ("\"\\u12g4\"", 3),
    ("\"a\nb\"", 2), ("1 2", 2), ("[1", 2), ("\"é😀\" x", 5), (#" {"$t":"float"}"#, 1),
    (#"{"$t":"int","v":"x"}"#, 0),
    (#"{"$t":"dict","items":[[1]]}"#, 0), (#"{"$t":"str","utf8_surrogatepass_hex":"0"}"#, 0), ("'a'", 0),
    ("nan", 0),
  ])
  func refusesWhatIsNotJSONAndSaysWhere(text: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try MetadataValue(json: text) }
    #expect(error?.offset == offset, "\(error?.message ?? "")")
  }

  @Test func depthIsBounded() throws {
    let deep = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(throws: Never.self) { try MetadataValue(json: deep(200)) }
    #expect(throws: JSONError.self) { try MetadataValue(json: deep(201)) }
    #expect(throws: JSONError.self) { try MetadataValue(json: String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test func readingWhatWasWrittenGivesTheSameValue() throws {
    var random = SplitMix64(seed: 20)
    for _ in 0..<2_000 {
      let value = MetadataValue.random(&random, depth: 4)
      #expect(try MetadataValue(json: value.json) == value, "\(value.json)")
    }
  }
}
