import Testing

@testable import DocumentSources

@Suite struct GlobPatternTests {
  @Test(arguments: [
    ("notes.txt", "*.txt"), ("a", "?"), ("日", "?"), ("x.md", "[a-z].md"), ("X", "[!a-z]"), ("]", "[]]"),
    ("-", "[a-]"),
    ("a*b", "a\\*b"), ("abcabd", "*ab?"), ("aaab", "*a*b"), ("", "*"), (".a", ".*"), ("[x", "[x"),
    ("a^b", "a^b"),
  ])
  func namesMatch(name: String, pattern: String) {
    #expect(GlobPattern.matches(name, pattern))
  }

  @Test(arguments: [
    ("notes.txt.gz", "*.txt"), ("", "?"), (".hidden", "*"), (".hidden", "?hidden"), ("a", "[!a-z]"),
    ("axb", "a\\*b"),
    ("Notes", "notes"), ("ab", "a"), ("a", "ab"),
  ])
  func namesDoNotMatch(name: String, pattern: String) {
    #expect(!GlobPattern.matches(name, pattern))
  }

  @Test func manyStarsAreNotExponential() {
    #expect(
      !GlobPattern.matches(String(repeating: "a", count: 200), String(repeating: "a*", count: 50) + "b"))
  }
}
