import Pickle
import Testing

@Suite struct PickleIntegerTests {
  static let decimals = [
    "0", "-1", "255", "-256", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "1000000000000000000", "-1000000000000000000000000000000000000",
    "340282366920938463463374607431768211455",
    "18446744073709551616000000000000000000000000000000000001",
  ]

  @Test(arguments: decimals) func decimalsSurviveBothDirections(decimal: String) {
    #expect(PickleInteger(decimal: decimal.utf8)?.decimal == decimal)
  }

  @Test func bytesAreTwosComplement() {
    #expect(PickleInteger(bytes: hex("000000000000000001")).decimal == "18446744073709551616")
    #expect(PickleInteger(bytes: hex("0000000000000000ff")).decimal == "-18446744073709551616")
    #expect(PickleInteger(decimal: "-256".utf8)?.bytes == hex("00ff"))
    #expect(PickleInteger(decimal: "255".utf8)?.bytes == hex("ff00"))
  }

  @Test func superfluousSignBytesAreDropped() {
    #expect(PickleInteger(bytes: hex("0500000000")) == PickleInteger(5))
    #expect(PickleInteger(bytes: hex("80ffffff")).bytes == hex("80"))
    #expect(PickleInteger(0).bytes.isEmpty)
    #expect(PickleInteger(.min).int == .min)
    #expect(PickleInteger(bytes: hex("000000000000008000")).int == nil)
  }

  @Test(arguments: ["", "-", "+", "1x", " 1", "1_0", "--1"]) func otherTextIsNoInteger(text: String) {
    #expect(PickleInteger(decimal: text.utf8) == nil)
  }
}
