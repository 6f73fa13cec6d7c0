import Testing

@testable import Embeddings

@Suite struct WordPieceTokenizerTests {
  private let tokenizer: WordPieceTokenizer

  init() throws { tokenizer = try MiniLMReference.tokenizer() }

  private func pieces(_ text: String) -> [String] {
    Array(tokenizer.pieces(of: tokenizer.tokenize(text).ids).dropFirst().dropLast())
  }

  @Test func idsAreThoseOfTheReference() throws {
    let items = try MiniLMReference.items()
    #expect(items.count == 20)
    for item in items { #expect(tokenizer.tokenize(item.text).ids == item.ids, "\(item.text)") }
  }

  @Test func wordsAreCutIntoTheLongestPiecesTheModelKnows() {
    #expect(pieces("Unaffable embeddings") == ["una", "##ffa", "##ble", "em", "##bed", "##ding", "##s"])
  }

  @Test func anEmptyOrBlankTextHasOnlyItsEnds() {
    for text in ["", " \n\t", "\u{0}", "\u{200B}"] {
      #expect(tokenizer.tokenize(text) == Tokenization(ids: [101, 102], fullCount: 2))
    }
  }

  @Test func accentsAndCaseVanish() {
    #expect(pieces("ÉCLAIR Zürich") == pieces("eclair zurich"))
  }

  @Test func thereIsNoFinalSigma() {
    #expect(pieces("ΟΔΟΣ") == pieces("οδοσ"))
  }

  @Test func ideographsAreWordsOfTheirOwn() {
    #expect(pieces("東京x") == ["東", "京", "x"])
    // A compatibility ideograph is set apart and mapped.
    #expect(pieces("a\u{F900}b") == pieces("a 豈 b"))
  }

  @Test func hangulDecomposes() {
    #expect(pieces("한") == pieces("\u{1112}\u{1161}\u{11AB}"))
  }

  @Test func controlsVanishAndUnassignedScalarsStay() {
    #expect(pieces("a\u{7}b\u{85}c") == pieces("abc"))
    #expect(pieces("a\u{0378}b") == ["[UNK]"])
  }

  @Test func specialPiecesTypedInATextAreThemselves() {
    #expect(tokenizer.tokenize("x[SEP]y [MASK]").ids == [101, 1060, 102, 1061, 103, 102])
    #expect(pieces("[sep]") == ["[", "sep", "]"])
  }

  @Test func aWordOfMoreThanAHundredScalarsIsUnknown() {
    #expect(pieces(String(repeating: "a", count: 101)) == ["[UNK]"])
    #expect(pieces(String(repeating: "a", count: 100)) != ["[UNK]"])
    #expect(pieces(String(repeating: "é", count: 100)) != ["[UNK]"])
  }

  @Test func longTextsAreCutAndSaySo() {
    let text = Array(repeating: "word", count: 300).joined(separator: " ")
    let result = tokenizer.tokenize(text)
    #expect(result.ids.count == 256)
    #expect(result.ids.last == 102)
    #expect(result.fullCount == 302)
    #expect(result.isTruncated)
    #expect(!tokenizer.tokenize("word").isTruncated)
    let exact = tokenizer.tokenize(Array(repeating: "word", count: 254).joined(separator: " "))
    #expect(exact.ids.count == 256 && !exact.isTruncated)
  }
}
