import Testing
import VectorStore

struct TextTests {
  @Test func composedAndDecomposedLettersAreDifferentKeys() {
    let metadata = Metadata([("é", 1), ("e\u{301}", 2)])
    #expect(metadata.count == 2)
    #expect(metadata["e\u{301}"] == 2)
    #expect(DocumentID("é") != DocumentID("e\u{301}"))
    #expect(Set([DocumentID("é"), DocumentID("e\u{301}")]).count == 2)
  }

  @Test func aLoneSurrogateKeepsItsBytes() {
    let text = Text(utf8: [0x78, 0xED, 0xA0, 0x80])
    #expect(text.utf8 == [0x78, 0xED, 0xA0, 0x80])
    #expect(text.string.hasPrefix("x"))
    #expect(Text(utf8: Array("plain é".utf8)) == Text("plain é"))
  }

  @Test func aKeyGivenTwiceKeepsItsPlaceAndTakesTheLastValue() {
    let metadata = Metadata([("a", 1), ("b", 2), ("a", 3)])
    #expect(metadata.entries.map(\.value) == [3, 2])
  }
}
