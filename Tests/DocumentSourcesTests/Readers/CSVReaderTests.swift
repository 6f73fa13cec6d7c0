import DocumentSources
import Testing
import VectorStore

@Suite struct CSVReaderTests {
  @Test func oneColumnIsTheTextTheRestMetadata() throws {
    let content = "title,text,year\nA,first,1999\nB,second,\n"
    let documents = try read(content, as: "a.csv").documents
    #expect(documents.map(\.text) == ["first", "second"])
    #expect(documents.map(\.metadata) == [["title": "A", "year": 1999], ["title": "B"]])
    #expect(documents.map(\.origin.line) == [2, 3])
  }

  @Test(arguments: [
    ("12", MetadataValue.int(12)), ("-3", .int(-3)), ("0", .int(0)), ("1.50", .float(1.5)),
    ("1e3", .float(1000)),
    ("true", .bool(true)), ("False", .bool(false)), ("007", "007"), ("+49", "+49"), (".5", ".5"),
    ("5.", "5."),
    (" 1", " 1"), ("1 ", "1 "), ("nan", "nan"), ("NaN", "NaN"), ("-Infinity", "-Infinity"),
    ("1e999", "1e999"),
    ("2024-01-02", "2024-01-02"), ("1_000", "1_000"), ("0x10", "0x10"), ("yes", "yes"), ("null", "null"),
    ("\"12\"", .int(12)), ("-", "-"), ("[1]", "[1]"),
  ])
  func fieldsAreTyped(field: String, value: MetadataValue) throws {
    let documents = try read("text,v\nt,\(field)\n", as: "a.csv").documents
    #expect(documents.first?.metadata["v"] == value)
  }

  @Test func integersBeyond64BitsSurvive() throws {
    let value = try read("text,v\nt,123456789012345678901\n", as: "a.csv").documents.first?.metadata["v"]
    guard case .foreign(let number)? = value else {
      Issue.record("a big integer is expected, found \(String(describing: value))")
      return
    }
    #expect(number.kind == "int" && number.summary == "123456789012345678901")
  }

  @Test func typingCanBeTurnedOff() throws {
    let settings = SourceSettings(typesColumns: false)
    let documents = try read("text,v,w\nt,12,\n", as: "a.csv", settings).documents
    #expect(documents.first?.metadata == ["v": "12"])
  }

  @Test func quotedFieldsMayHoldEverything() throws {
    let content = "text,\"a,b\"\r\n\"one, \"\"two\"\"\r\nthree\",\"x\ny\"\r\nplain 5\" disk,\r\n"
    let documents = try read(content, as: "a.csv").documents
    #expect(documents.map(\.text) == ["one, \"two\"\r\nthree", "plain 5\" disk"])
    #expect(documents.map(\.metadata) == [["a,b": "x\ny"], [:]])
    #expect(documents.map(\.origin.line) == [2, 5])
  }

  @Test(arguments: [
    "text,n\na,1\n\nb,2", "text,n\r\na,1\r\n\r\nb,2\r\n", "text,n\ra,1\rb,2\r",
    "\u{feff}\"text\",n\na,1\nb,2\n",
  ])
  func lineEndsBlankLinesAndByteOrderMarksDoNotMatter(content: String) throws {
    let documents = try read(content, as: "a.csv").documents
    #expect(documents.map(\.text) == ["a", "b"] && documents.map { $0.metadata["n"] } == [1, 2])
  }

  @Test func tabsSeparateInTSV() throws {
    let documents = try read("content\tn\na, b\t1\n", as: "a.tsv").documents
    #expect(documents.map(\.text) == ["a, b"] && documents.first?.metadata == ["n": 1])
  }

  @Test func aSingleColumnIsTheText() throws {
    #expect(try read("quote\nabc\n", as: "a.csv").documents.map(\.text) == ["abc"])
  }

  @Test func columnsCanBeChosen() throws {
    let settings = SourceSettings(textField: "body", idField: "key")
    let document = try #require(try read("key,body,text\n7,b,t\n", as: "a.csv", settings).documents.first)
    #expect(document.id == "7" && document.text == "b" && document.metadata == ["text": "t"])
  }

  @Test func columnsWithoutANameAreNumbered() throws {
    let documents = try read(",text\n0,a\n", as: "a.csv").documents
    #expect(documents.first?.metadata == ["column 1": 0])
  }

  @Test func raggedRowsAreErrorsWithTheirLineOrCounted() throws {
    let content = "text,a\n\"x\ny\",1\nshort\nlong,1,2\nend,2\n"
    let error = try #require(refusal(content, as: "a.csv"))
    #expect(error.code == .badCSV && error.line == 4)
    #expect(error.message == "2 fields are expected, as in the header, the row has 1")
    let (documents, report) = try read(content, as: "a.csv", SourceSettings(skipsBad: true))
    #expect(documents.map(\.text) == ["x\ny", "end"] && report.badRecords.map(\.line) == [4, 5])
  }

  @Test func textBehindAClosingQuoteIsAnErrorOfOneLine() throws {
    let content = "text,a\n\"x\"y,1\nend,2\n"
    #expect(refusal(content, as: "a.csv")?.line == 2)
    let (documents, report) = try read(content, as: "a.csv", SourceSettings(skipsBad: true))
    #expect(documents.map(\.text) == ["end"] && report.skippedBad == 1)
  }

  @Test func anOpenQuoteIsNamedWhereItStarts() throws {
    let error = try #require(refusal("text,a\nx,\"never\nclosed\n", as: "a.csv"))
    #expect(error.code == .badCSV && error.line == 2)
  }

  @Test(arguments: [("", SourceError.Code.badCSV), ("a,b\n1,2\n", .noText), ("text,a,a\n", .badCSV)])
  func headersAreChecked(content: String, code: SourceError.Code) throws {
    let error = try #require(refusal(content, as: "a.csv"))
    #expect(error.code == code)
    let (documents, report) = try read(content, as: "a.csv", SourceSettings(skipsBad: true))
    #expect(documents.isEmpty && report.skippedBad == 1)
  }

  @Test func encodingErrorsNameTheExactByte() throws {
    let bytes = Array("text,a\n\"q \"\"\nw".utf8) + [0xff] + Array("\",1\n".utf8)
    let error = try #require(refusal(bytes, as: "a.csv"))
    #expect(error.code == .badEncoding && error.line == 3)
    #expect(error.byteOffset == bytes.firstIndex(of: 0xff))
  }

  @Test func nullBytesAreRefused() {
    #expect(refusal("text,a\nx\0,1\n", as: "a.csv")?.code == .binary)
  }

  @Test func blankTextsAreSkippedAndCounted() throws {
    let (documents, report) = try read("text,a\n ,1\n,2\nx,3\n", as: "a.csv")
    #expect(documents.map(\.text) == ["x"] && report.skippedBlank == 2 && report.read == 1)
  }
}
