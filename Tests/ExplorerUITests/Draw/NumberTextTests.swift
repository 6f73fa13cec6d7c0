import Testing

@testable import ExplorerUI

@Suite struct NumberTextTests {
  @Test func groupsThousands() {
    #expect(
      [0, 999, 1284, 1_000_000, -1284].map(NumberText.grouped) == [
        "0", "999", "1,284", "1,000,000", "-1,284",
      ])
  }

  @Test func fixesDecimals() {
    #expect(NumberText.fixed(1.19716, decimals: 4) == "1.1972")
    #expect(NumberText.fixed(0.00004, decimals: 4) == "0.0000")
    #expect(NumberText.fixed(-0.00004, decimals: 4) == "0.0000")
    #expect(NumberText.fixed(-2.5, decimals: 1) == "-2.5")
    #expect(NumberText.fixed(.nan, decimals: 4) == "nan")
    #expect(NumberText.fixed(.infinity, decimals: 4) == "inf")
    #expect(NumberText.fixed(3.4e38, decimals: 4) == "3.400e38")
  }

  @Test func bytesKeepTheirUnitNearby() {
    #expect(
      [999, 1000, 1_950_000, 999_960].map(NumberText.bytes) == ["999 B", "1.0 kB", "2.0 MB", "1.0 MB"])
  }
}
