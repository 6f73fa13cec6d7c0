import Testing
import VectorStore

@testable import StoreFormats

@Suite struct StorableValueTests {
  @Test(arguments: [
    #"{"$t":"datetime","iso":"2024-05-06T07:08:09"}"#,
    #"{"$t":"datetime","iso":"2024-05-06T07:08:09.500000","fold":1}"#,
    #"{"$t":"date","iso":"2024-05-06"}"#, #"{"$t":"time","iso":"07:08:09"}"#,
    #"{"$t":"timedelta","days":-1,"seconds":2,"microseconds":3}"#,
    #"{"$t":"Decimal","v":"1.50"}"#, #"{"$t":"bytes","hex":"00ff"}"#, #"{"$t":"set","v":["a","b"]}"#,
    #"{"$t":"int","v":"123456789012345678901234567890"}"#, #"[{"$t":"tuple","v":[1,null]}]"#,
  ])
  func whatListPrintsCanBeStoredAgain(json: String) throws {
    let value = try MetadataValue(json: json).storable()
    #expect(value.json == json)
    #expect(try value.storable() == value)
    if case .foreign(let foreign) = value { #expect(!foreign.encoded.isEmpty) }
  }

  @Test func anOffsetBecomesATimeZone() throws {
    let value = try MetadataValue(json: #"{"$t":"datetime","iso":"2024-05-06T07:08:09-02:30"}"#).storable()
    #expect(value.json.contains("datetime.timezone(datetime.timedelta(days=-1, seconds=77400))"))
    let utc = try MetadataValue(json: #"{"$t":"datetime","iso":"2024-05-06T07:08:09Z"}"#).storable()
    #expect(utc.json.contains("datetime.timezone.utc"))
  }

  @Test(arguments: [
    #"{"$t":"opaque","class":"x.Y"}"#, #"{"$t":"date","iso":"2024-13-01"}"#,
    #"{"$t":"time","iso":"25:00:00"}"#,
    #"{"$t":"bytes","hex":"0"}"#, #"{"$t":"date","iso":"soon"}"#,
  ])
  func whatOnlyPythonCanMakeIsRefusedByName(json: String) throws {
    let value = try MetadataValue(json: json)
    #expect {
      try value.storable()
    } throws: { error in
      guard let error = error as? StoreFormatError, case .foreign(let foreign) = value else { return false }
      return error.code == .unsupported && error.message.contains(foreign.kind)
    }
  }
}
