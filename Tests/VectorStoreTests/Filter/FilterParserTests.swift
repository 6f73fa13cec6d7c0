import Testing
import VectorStore

@Suite struct FilterParserTests {
  @Test(arguments: [
    ("page >= 3 and (source ~ \"union\" or not draft)", "page >= 3 and (source ~ \"union\" or not draft)"),
    ("page>=3&&(source~union||!draft)", "page >= 3 and (source ~ \"union\" or not draft)"),
    ("a = 1 or b = 2 and c = 3", "a = 1 or b = 2 and c = 3"),
    ("(a = 1 or b = 2) and c = 3", "(a = 1 or b = 2) and c = 3"),
    ("a and (b and (c))", "a and b and c"),
    ("not (a and b)", "not (a and b)"),
    ("NOT a AND NOT b", "not a and not b"),
    ("not not a", "not not a"),
    ("page == 3", "page = 3"),
    ("page <> 3", "page != 3"),
    ("x=-1", "x = -1"),
    ("x = +2", "x = 2"),
    ("x = 1.50", "x = 1.5"),
    ("x = 1e16", "x = 1e+16"),
    ("x = 123456789012345678901234567890", "x = 123456789012345678901234567890"),
    ("x = 9007199254740993", "x = 9007199254740993"),
    ("x = true or y = None", "x = true or y = none"),
    ("file = src0.pdf", "file = \"src0.pdf\""),
    ("day >= 2024-01-31", "day >= \"2024-01-31\""),
    ("day >= 2024-01-31T10:00+02:00", "day >= \"2024-01-31T10:00+02:00\""),
    ("lang in [en, 'de', \"f\\u0072\"]", "lang in [\"en\", \"de\", \"fr\"]"),
    ("lang not in []", "lang not in []"),
    ("lang in \"en de\"", "lang in \"en de\""),
    ("tags = [[1, a], none]", "tags = [[1, \"a\"], none]"),
    ("tags has a and tags not has b", "tags has \"a\" and tags not has \"b\""),
    ("a =~ /x\\/y\\d+/i", "a =~ /x\\/y\\d+/i"),
    ("a =~ \"x/y\"", "a =~ /x\\/y/"),
    ("exists page and page is not string", "exists page and page is not text"),
    ("a.b.c = 1", "a.b.c = 1"),
    ("`a.b`.c = 1", "`a.b`.c = 1"),
    ("\"two words\" = 1", "`two words` = 1"),
    ("`not` = 1", "`not` = 1"),
    ("`\u{711}or` = 1", "`\u{711}or` = 1"),
    ("`a\\`\u{301}b` = 1", "`a\\`\u{301}b` = 1"),
    ("`a:` = 1 and `a:-b` = 2 and a:b = 3", "`a:` = 1 and `a:-b` = 2 and a:b = 3"),
    ("pdf:title = x and a-b = y", "pdf:title = \"x\" and a-b = \"y\""),
    ("größe = 3 and 名前 = 'x'", "größe = 3 and 名前 = \"x\""),
    ("p = {\"$t\":\"tuple\",\"v\":[1]}", "p = {\"$t\":\"tuple\",\"v\":[1]}"),
    ("p = {\"a\": 1}and q", "p = {\"a\":1} and q"),
    ("true and false", "false"),
    ("[0] = 2 and [none] = none", "[0] = 2 and [none] = none"),
    (" \n page = 3 \t", "page = 3"),
  ])
  func everySpellingHasOneCanonicalForm(text: String, canonical: String) throws {
    let filter = try Filter(parsing: text)
    #expect(filter.description == canonical)
    #expect(try Filter(parsing: canonical) == filter)
  }

  @Test(arguments: [
    (#"{"page": 3}"#, "page = 3"),
    (#"{"page": {"$gte": 1, "$lt": 5}, "lang": "en"}"#, "page >= 1 and page < 5 and lang = \"en\""),
    (#" {"$or": [{"page": [1, 2]}, {"$not": {"lang": null}}]}"#, "page in [1, 2] or not lang = none"),
    (#"{"tags": {"$nin": ["a"]}}"#, "tags not in [\"a\"]"),
    (#"{"source": {"$nin": "ab"}}"#, "source is text and source not in \"ab\""),
    (#"{"a.b": {"$t": "float", "v": "nan"}}"#, "`a.b` = {\"$t\":\"float\",\"v\":\"nan\"}"),
    (#"{}"#, "true"),
    (#"{"$or": []}"#, "false"),
    (#"{"page": {"$in": 5}}"#, "false"),
    (#"{"$t": "dict", "items": [[0, 2]]}"#, "[0] = 2"),
  ])
  func aLangChainDictionaryHasAFathomSpelling(text: String, spelling: String) throws {
    let filter = try Filter(parsing: text)
    #expect(filter.description == spelling)
    #expect(try Filter(parsing: spelling).description == spelling)
  }

  @Test(arguments: [
    ("page >= and lang = \"en\"", 8, "a value is expected after >="),
    ("page >=", 7, "a value is expected after >="),
    ("page 3", 5, "an operator is expected"),
    ("page = 3 lang = en", 9, "and, or or the end is expected"),
    ("page = 3 and", 12, "a condition is expected"),
    ("", 0, "a condition is expected"),
    ("  ", 2, "a condition is expected"),
    ("5", 0, "a key is expected; a key named 5 is written `5`"),
    ("\"page\"", 0, "a condition is expected, not a text alone"),
    ("[]", 0, "a condition is expected"),
    ("[1]", 0, "a condition is expected"),
    ("(page = 3", 9, "and, or or ) is expected"),
    ("page = 3)", 8, "this ) has no ("),
    ("lang = \"en", 7, "no closing \""),
    ("`lang = en", 0, "no closing `"),
    ("lang = 'a\\qb'", 9, "is not an escape"),
    ("lang =~ /ab", 8, "no closing /"),
    ("lang =~ /a(/", 8, "is not a regular expression"),
    ("lang =~ /a/x", 8, "only flag of an expression is i"),
    ("lang in en", 8, "a list such as"),
    ("lang in [en de]", 12, "a comma or ]"),
    ("lang not en", 9, "in, has, ~ or =~"),
    ("exists", 6, "a key is expected after exists"),
    ("page is 3", 8, "a type is expected"),
    ("a. = 3", 3, "a key is expected after the dot"),
    ("ü€ = 3", 1, "not \"€\""),
    ("👨‍👩‍👧 = 3", 0, "a key, a value or an operator"),
    ("a = {\"b\": }", 10, "a JSON value is expected"),
    ("{\"page\": }", 9, "a JSON value is expected"),
    ("{\"page\": 3} x", 12, "the end is expected"),
    ("a = \u{1b}", 4, "\\u001b"),
  ])
  func anErrorNamesWhatWasExpectedAndWhere(text: String, offset: Int, message: String) {
    let error = #expect(throws: FilterError.self) { try Filter(parsing: text) }
    #expect(error?.code == .syntax)
    #expect(error?.offset == offset)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func theCaretStandsBelowThePlace() {
    let text = "page >= and lang = \"en\""
    let error = #expect(throws: FilterError.self) { try Filter(parsing: text) }
    #expect(
      error?.caret(in: text) == """
        page >= and lang = "en"
                ^ a value is expected after >=; the text and is written "and"
        """)
  }

  @Test func theCaretShowsOnlyTheLineThatIsWrong() {
    let text = "page = 3\n  and lang"
    let error = FilterError(code: .syntax, message: "no", offset: 11)
    #expect(error.caret(in: text) == "  and lang\n  ^ no")
    #expect(FilterError(code: .type, message: "no").caret(in: text) == "no")
  }

  @Test func depthIsBoundedNotTheStack() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "not ", count: 100_000),
      "a = " + String(repeating: "[", count: 100_000),
      String(repeating: "{\"$not\":", count: 100_000), "a = " + String(repeating: "{\"b\":[", count: 100_000),
    ] {
      let error = #expect(throws: FilterError.self) { try Filter(parsing: text) }
      #expect(error?.message.contains("deeper than 200") == true)
    }
  }
}
