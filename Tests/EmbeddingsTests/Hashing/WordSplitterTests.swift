import Testing

@testable import Embeddings

private func words(_ text: String) -> [String] {
  var splitter = WordSplitter(text)
  var found: [String] = []
  while let word = splitter.next() {
    found.append(String(String.UnicodeScalarView(word)))
  }
  return found
}

@Test func wordsAreLowerCasedRunsOfLettersAndDigits() {
  #expect(words("Don't PANIC: 42nd Straße!") == ["don", "t", "panic", "42nd", "straße"])
}

@Test func marksContinueAWordButNeverBeginOne() {
  #expect(words("cafe\u{301} \u{301}x ☕\u{fe0f}") == ["cafe\u{301}", "x"])
}

@Test func everyIdeographKanaAndHangulSyllableIsAWord() {
  #expect(words("abc灯台のe등") == ["abc", "灯", "台", "の", "e", "등"])
}

@Test func theDottedCapitalIKeepsOneScalar() {
  #expect(words("İ").map { $0.unicodeScalars.count } == [1])
}

@Test func controlAndPrivateUseCharactersSeparate() {
  #expect(words("a\u{1b}[31mb\u{e000}c\u{200b}d") == ["a", "31mb", "c", "d"])
}
