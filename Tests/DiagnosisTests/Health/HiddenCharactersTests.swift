import Testing

@testable import Diagnosis

@Suite struct HiddenCharactersTests {
  private func removed(_ text: String) -> String {
    String(String.UnicodeScalarView(HiddenCharacters.removed(from: Array(text.unicodeScalars))))
  }

  @Test(arguments: [
    ("a\u{200B}b", "ab"), ("\u{FEFF}start", "start"), ("x \u{202E}gnp.exe\u{202C} y", "x gnp.exe y"),
    ("in\u{200D}visible", "invisible"), ("soft\u{AD}hyphen", "softhyphen"), ("tag\u{E0041}\u{E0042}", "tag"),
    ("日\u{200B}本", "日本"),
  ]) func whatNobodySeesGoes(_ text: String, _ clean: String) {
    #expect(removed(text) == clean)
  }

  @Test(arguments: [
    "👩‍👩‍👧‍👦 family", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 flag", "क्\u{200D}ष", "می\u{200C}خواهم", "שלום \u{200F}(abc)", "✈️ plane", "plain",
  ]) func joinersStayWhereTheyJoin(_ text: String) {
    #expect(Array(removed(text).unicodeScalars) == Array(text.unicodeScalars))
  }
}
