import Testing

@testable import Diagnosis

@Suite struct MojibakeTests {
  private func mended(_ text: String) -> String? {
    Mojibake.mended(Array(text.unicodeScalars)).map { String(String.UnicodeScalarView($0)) }
  }

  @Test(arguments: [
    ("FrÃ¼hstÃ¼ck", "Frühstück"), ("itâ€™s", "it’s"), ("Das CafÃ© â\u{80}\u{94} gut", "Das Café — gut"),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"), ("æ\u{97}¥æœ¬èªž", "日本語"), ("ðŸ˜€ smile", "😀 smile"), ("10 Â°C", "10 °C"),
  ]) func textThatWasReadAsLatin1IsReadAgain(_ wrong: String, _ right: String) {
    #expect(mended(wrong) == right)
  }

  @Test(arguments: [
    "«CAFÉ» et «DÉJÀ»", "„MENÜ“", "MENÉ” oder", "São Paulo, NAÇÃO", "Ångström · naïve · façade", "日本語",
    "Привет",
    "plain", "½ × ¾", "ÄÖÜ äöü ß",
  ]) func textsOfTheseLanguagesAreLeftAlone(_ text: String) {
    #expect(mended(text) == nil)
  }
}
