import Testing

@testable import DocumentSources

@Suite struct ByteSearchTests {
  /// The first place by trying every one.
  func naive(_ needle: ArraySlice<UInt8>, _ text: [UInt8], from start: Int) -> Int? {
    guard text.count - needle.count >= start else { return nil }
    return (start...(text.count - needle.count)).first { text[$0...].starts(with: needle) }
  }

  @Test func everyLengthIsFoundWhereItFirstStands() {
    var source = SystemRandomNumberGenerator()
    for letters in [UInt8(1), 2, 3, 200] {
      let text = (0..<600).map { _ in UInt8.random(in: 0..<letters, using: &source) }
      for length in [1, 2, 3, 4, 15, 16, 17, 40, 300, 599, 600] {
        for _ in 0..<8 {
          let place = Int.random(in: 0...(text.count - length), using: &source)
          var needle = Array(text[place..<place + length])
          if Bool.random(using: &source) { needle[Int.random(in: 0..<length, using: &source)] ^= 1 }
          let start = Int.random(in: 0...place, using: &source)
          #expect(text.firstOffset(of: needle, in: start..<600) == naive(needle[...], text, from: start))
        }
      }
    }
  }

  @Test func nothingIsFoundOutsideTheRange() {
    let text = Array("abcabcabcabcabcabcabcabc".utf8)
    #expect(text.firstOffset(of: Array("abc".utf8), in: 1..<5) == nil)
    #expect(text.firstOffset(of: Array(text[3..<20]), in: 4..<22) == nil)
    #expect(text.firstOffset(of: Array(text[3..<20]), in: 4..<23) == 6)
    #expect(text.firstOffset(of: [], in: 7..<7) == 7)
    #expect(text.firstOffset(of: text + text, in: 0..<24) == nil)
  }
}
