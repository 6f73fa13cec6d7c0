import DocumentSources
import Testing

@Suite struct SourceErrorTests {
  @Test func placesStandBeforeTheMessage() {
    #expect("\(SourceError(.badJSON, "no value", file: "a.json", line: 3))" == "a.json:3: no value")
    #expect("\(SourceError(.unreadable, "cannot open it", file: "a"))" == "a: cannot open it")
    #expect("\(SourceError(.badSplitter, "too small"))" == "too small")
  }

  @Test(arguments: [
    ("a.csv", "a,\u{1b}[2J\u{202e}x\n1,2\n"), ("a.csv", "text,\u{9b},\u{9b}\n"),
    ("a.jsonl", "{\"\\u001b[2J\": 1}"), ("a.jsonl", "{\"text\": {\"$t\": \"\\u001b]0;x\\u0007\"}}"),
    ("a.jsonl", "{\"text\": \"t\", \"id\": [\"\\u001b\"]}"),
  ])
  func messagesCannotSteerATerminal(name: String, content: String) throws {
    let description = try #require(refusal(content, as: name)).description
    #expect(
      description.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) })
  }

  @Test func messagesStayShort() throws {
    let long = String(repeating: "x", count: 100_000)
    let contents = [
      ("a.jsonl", "{\"\(long)\": 1}"), ("a.jsonl", "{\"text\": \"t\", \"id\": [\"\(long)\"]}"),
      ("a.csv", "a\(long),b\n"), ("a.csv", (1...5000).map(String.init).joined(separator: ",") + "\n"),
    ]
    for (name, content) in contents {
      #expect(try #require(refusal(content, as: name)).message.count < 1000)
    }
  }
}
