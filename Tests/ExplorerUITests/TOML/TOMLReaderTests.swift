import Testing

@testable import ExplorerUI

@Suite struct TOMLReaderTests {
  /// A file in one line, names sorted, to compare.
  private func shown(_ value: TOMLValue) -> String {
    switch value {
    case .string(let text): text.debugDescription
    case .list(let items): "[" + items.map { shown($0.value) }.joined(separator: ", ") + "]"
    case .other(let text): text
    case .table(let table):
      "{" + table.items.sorted { $0.key < $1.key }.map { "\($0): \(shown($1.value))" }.joined(separator: ", ")
        + "}"
    }
  }

  @Test(arguments: [
    ("", "{}"),
    ("# note", "{}"),
    ("\u{feff}a = 'x'", #"{a: "x"}"#),
    ("a = 'x' # note\r\nb = \"y\"\r\n", #"{a: "x", b: "y"}"#),
    ("\"a.b\" = 'x'\na.c = 'y'", #"{a: {c: "y"}, a.b: "x"}"#),
    ("a . \"b\" . 'c' = 'x'", #"{a: {b: {c: "x"}}}"#),
    ("[a.b]\nc = 'x'\n[a]\nd = 'y'", #"{a: {b: {c: "x"}, d: "y"}}"#),
    (" [ a . b ] # note\n", "{a: {b: {}}}"),
    ("a = { b = 'x', c.d = [ 'y' ] }", #"{a: {b: "x", c: {d: ["y"]}}}"#),
    ("a = {}\nb = []", "{a: {}, b: []}"),
    ("a = [ # note\n 'x',\n\n 'y', # more\n]", #"{a: ["x", "y"]}"#),
    ("a = [[1, 2], [\"x\"]]", #"{a: [[1, 2], ["x"]]}"#),
    (
      "a = true\nb = -1.5e3\nc = 1979-05-27T07:32:00Z\nd = inf",
      "{a: true, b: -1.5e3, c: 1979-05-27T07:32:00Z, d: inf}"
    ),
    (#"a = "\t\"\\\u00e9\U0001F600""#, #"{a: "\t\"\\é😀"}"#),
    (#"a = '\t"'"#, #"{a: "\\t\""}"#),
    ("a = \"\"\"\nx\r\n \\  \n\n  y\"z\"\"\"\"\"", #"{a: "x\n y\"z\"\""}"#),
    ("a = '''\n'x'\n'''", #"{a: "\'x\'\n"}"#),
    ("a = \"\"\nb = ''", #"{a: "", b: ""}"#),
    ("1 = '1'\n_-é = 'x'".replacing("é", with: "e"), #"{1: "1", _-e: "x"}"#),
  ])
  func whatIsWrittenIsRead(text: String, expected: String) throws {
    #expect(shown(.table(try TOMLReader.table(text))) == expected)
  }

  @Test(arguments: [
    ("[=", "line 1, column 2: expected a table's name, as in [styles], found ="),
    ("[", "line 1, column 2: expected a table's name, as in [styles], found the end of the file"),
    ("a = 'x'\n  []", "line 2, column 4: expected a table's name, as in [styles], found ]"),
    ("[\u{301}]", "line 1, column 2: expected a table's name, as in [styles], found \u{301}"),
    ("[[a]]", "line 1, column 2: expected one table, as in [styles]; lists of tables mean nothing here"),
    ("[a b]", "line 1, column 4: expected ], found b"),
    ("[a] b", "line 1, column 5: expected the end of the line, found b"),
    ("[a]\n[a]", "line 2, column 2: the table a is given twice"),
    ("a = [}", "line 1, column 6: expected a value, found }"),
    ("a = ['x'}", "line 1, column 9: expected , or ], found }"),
    ("a = [,]", "line 1, column 6: expected a value, found ,"),
    ("a = ['x'", "line 1, column 9: expected , or ], found the end of the file"),
    ("a = {b}", "line 1, column 7: expected = and a value, found }"),
    ("a = {b = 'x',}", "line 1, column 14: expected a name, found }"),
    ("a = {\nb = 'x'}", "line 1, column 6: expected a name, found the end of the line"),
    ("a =", "line 1, column 4: expected a value, found the end of the file"),
    ("a = = 3", "line 1, column 5: expected a value, found ="),
    ("a", "line 1, column 2: expected = and a value, found the end of the file"),
    ("= 'x'", "line 1, column 1: expected a name, found ="),
    ("a. = 'x'", "line 1, column 4: expected a name, found ="),
    ("\"\"\"a\"\"\" = 'x'", "line 1, column 1: expected a name, found \""),
    ("a = red", "line 1, column 5: red needs quotes: \"red\""),
    ("a = 'x' 'y'", "line 1, column 9: expected the end of the line, found '"),
    ("a = 'x'\na = 'y'", "line 2, column 1: \"a\" is given twice, first in line 1"),
    ("a = 'x'\na.b = 'y'", "line 2, column 1: \"a\" is no table that can grow, see line 1"),
    ("a = {}\n[a.b]", "line 2, column 2: \"a\" is no table that can grow, see line 1"),
    ("a.b = 'x'\na = 'y'", "line 2, column 1: \"a\" is given twice, first in line 1"),
    ("a = \"x", "line 1, column 5: the text that begins here has no end"),
    ("a = \"x\ny\"", "line 1, column 5: the text that begins here has no end"),
    ("a = '''x''", "line 1, column 5: the text that begins here has no end"),
    ("a = \"\\", "line 1, column 6: the text ends here"),
    (#"a = "\q""#, #"line 1, column 6: \q means nothing; a backslash is written \\"#),
    (#"a = "\u12""#, #"line 1, column 6: \u needs 4 digits of a character's number"#),
    (#"a = "\ud800""#, #"line 1, column 6: \u needs 4 digits of a character's number"#),
    ("a = \"\u{1b}\"", #"line 1, column 6: expected a text, found \u{1B}"#),
    ("# \u{0}", #"line 1, column 3: expected a comment, found \0"#),
    ("a = 'x'\rb = 'y'", #"line 1, column 8: expected the end of the line, found \r"#),
    ("\u{b}[a]", #"line 1, column 1: expected a name, found \u{0B}"#),
    ("\u{a0}a = 'x'", "line 1, column 1: expected a name, found \u{a0}"),
  ])
  func whatIsNoTOMLIsSaidWithItsPlace(text: String, expected: String) {
    #expect { try TOMLReader.table(text) } throws: { error in
      "\(error)" == expected
    }
  }

  @Test(arguments: [
    "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{a=", count: 100_000),
    String(repeating: "a.", count: 100_000) + "a = 'x'",
  ])
  func depthIsLimited(text: String) {
    #expect { try TOMLReader.table(text) } throws: { "\($0)".contains("more than 64") }
  }
}
