import DocumentSources
import Foundation
import Testing
import VectorStore

@Suite struct JSONLinesReaderTests {
  @Test func everySpellingOfTheTextIsRead() throws {
    let content = """
      {"content": "a", "metadata": {"k": 1}}
      {"page_content": "b"}

      {"text": "c", "metadata": null}
      """
    let documents = try read(content, as: "a.jsonl").documents
    #expect(documents.map(\.text) == ["a", "b", "c"])
    #expect(documents.map(\.metadata) == [["k": 1], [:], [:]])
    #expect(documents.map(\.origin.line) == [1, 2, 4])
  }

  @Test func metadataKeepsItsTypesAndOrder() throws {
    let line =
      #"{"text":"t","metadata":{"z":1,"a":1.0,"big":123456789012345678901234567890,"#
      + #""when":{"$t":"datetime","iso":"2024-02-03T04:05:06"},"nested":[null,true,{"x":"\ud83d\ude00"}]}}"#
    let metadata = try #require(try read(line, as: "a.ndjson").documents.first?.metadata)
    #expect(metadata.entries.map(\.key) == ["z", "a", "big", "when", "nested"])
    #expect(metadata["z"] == 1 && metadata["a"] == .float(1))
    #expect(metadata["nested"] == [.null, true, ["x": "😀"]])
    guard case .foreign(let big)? = metadata["big"], case .foreign(let when)? = metadata["when"] else {
      Issue.record("big integers and dates must survive")
      return
    }
    #expect(big.kind == "int" && big.summary == "123456789012345678901234567890")
    #expect(when.kind == "datetime" && when.summary == "2024-02-03 04:05:06")
  }

  @Test func idsAndVectorsAreTaken() throws {
    let content = """
      {"id": "x", "text": "a", "vector": [1, -2.5, 3e2]}
      {"id": 12, "text": "b", "embedding": [0]}
      {"id": null, "text": "c", "vector": null}
      """
    let documents = try read(content, as: "a.jsonl").documents
    #expect(documents.map(\.id) == ["x", "12", nil])
    #expect(documents.map(\.vector) == [[1, -2.5, 300], [0], nil])
    #expect(documents.allSatisfy { $0.metadata.isEmpty })
  }

  @Test func withoutMetadataTheOtherFieldsAreTheMetadata() throws {
    let documents = try read(#"{"author": "A", "text": "t", "id": "1", "year": 1999}"#, as: "a.jsonl")
      .documents
    #expect(documents.first?.metadata == ["author": "A", "year": 1999])
  }

  @Test func fieldsBesideMetadataAreReported() throws {
    let report = try read(#"{"row": 3, "score": 0.5, "text": "t", "metadata": {}}"#, as: "a.jsonl").report
    #expect(report.ignoredFields == ["row", "score"])
    #expect(report.lines.last?.contains(#""row", "score""#) == true)
  }

  @Test func documentsThatLangChainDumpedAreRead() throws {
    let line =
      #"{"lc": 1, "type": "constructor", "id": ["langchain", "schema", "document", "Document"], "#
      + #""kwargs": {"page_content": "t", "metadata": {"a": 1}, "type": "Document"}}"#
    let document = try #require(try read(line, as: "a.jsonl").documents.first)
    #expect(document.text == "t" && document.metadata == ["a": 1] && document.id == nil)
  }

  @Test func otherFieldsCanBeChosen() throws {
    let settings = SourceSettings(textField: "body", idField: "key")
    let document = try #require(
      try read(#"{"body": "b", "text": "t", "key": "k", "id": 7}"#, as: "a.jsonl", settings).documents.first)
    #expect(document.text == "b" && document.id == "k" && document.metadata == ["text": "t", "id": 7])
  }

  @Test(arguments: [
    ("{\"text\": \"a\"", SourceError.Code.badJSON), ("[1]", .badJSON), ("nonsense", .badJSON),
    ("{\"text\": 5}", .noText), ("{\"body\": \"x\"}", .noText), ("{}", .noText),
    ("{\"text\": \"a\", \"metadata\": [1]}", .badJSON), ("{\"text\": \"a\", \"vector\": []}", .badVector),
    ("{\"text\": \"a\", \"vector\": [1, \"2\"]}", .badVector),
    ("{\"text\": \"a\", \"vector\": [1e39]}", .badVector),
    ("{\"text\": \"a\", \"vector\": [NaN]}", .badVector),
    ("{\"text\": \"a\", \"id\": [1]}", .badID), ("{\"text\": \"a\", \"id\": \"\"}", .badID),
  ])
  func badLinesAreErrorsWithTheirNumberOrCounted(line: String, code: SourceError.Code) throws {
    let content = "{\"text\": \"before\"}\n\(line)\r\n{\"text\": \"behind\"}\n"
    let error = try #require(refusal(content, as: "a.jsonl"))
    #expect(error.code == code && error.line == 2)
    let (documents, report) = try read(content, as: "a.jsonl", SourceSettings(skipsBad: true))
    #expect(documents.map(\.text) == ["before", "behind"])
    #expect(report.skippedBad == 1 && report.badRecords == [error].map { same($0, in: report) })
  }

  /// The same error with the path of the other run's folder.
  private func same(_ error: SourceError, in report: SourceReport) -> SourceError {
    var error = error
    error.file = report.badRecords.first?.file
    return error
  }

  @Test func encodingErrorsNameLineAndOffsetAndGoOn() throws {
    let bytes = Array("{\"text\": \"a\"}\n{\"text\": \"".utf8) + [0xff] + Array("\"}\n{\"text\": \"c\"}".utf8)
    let error = try #require(refusal(bytes, as: "a.jsonl"))
    #expect(error.code == .badEncoding && error.line == 2 && error.byteOffset == 24)
    #expect(
      try read(bytes, as: "a.jsonl", SourceSettings(skipsBad: true)).documents.map(\.text) == ["a", "c"])
    let (replaced, report) = try read(bytes, as: "a.jsonl", SourceSettings(replacesInvalidUTF8: true))
    #expect(replaced.map(\.text) == ["a", "\u{fffd}", "c"] && report.replacedSequences == 1)
  }

  @Test func loneSurrogatesSurvive() throws {
    let text = try #require(try read(#"{"text": "a\ud800b"}"#, as: "a.jsonl").documents.first?.text)
    #expect(text.utf8 == [0x61, 0xed, 0xa0, 0x80, 0x62])
  }

  @Test func linesLongerThanAnyBufferAreRead() throws {
    let lengths = [100_000, 262_143 - 12, 262_144 - 12, 262_145 - 12, 1_000_000, 3]
    let content = lengths.map { "{\"text\": \"\(String(repeating: "ä", count: $0 / 2))\"}" }
    let documents = try read(content.joined(separator: "\n"), as: "a.jsonl").documents
    #expect(documents.map(\.text.string.utf8.count) == lengths.map { $0 / 2 * 2 })
  }
}
