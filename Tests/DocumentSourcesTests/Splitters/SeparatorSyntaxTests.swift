import DocumentSources
import Testing
import VectorStore

@Suite struct SeparatorSyntaxTests {
  @Test(arguments: [
    (#"\n\n"#, "\n\n"), ("", ""), ("plain", "plain"), (#"\\n"#, #"\n"#), (#"\t|\r\n"#, "\t|\r\n"),
    (#"\x41\u3002\U0001f600"#, "A。😀"), (#"\0\f\v"#, "\0\u{c}\u{b}"), ("\n", "\n"), ("日本", "日本"),
  ])
  func escapesAreDecoded(typed: String, meant: String) throws {
    #expect(try SeparatorSyntax.decode(typed) == Text(meant))
  }

  @Test(arguments: [#"\q"#, #"a\"#, #"\x4"#, #"\u00g0"#, #"\ud800"#, #"\U00110000"#])
  func otherEscapesAreRefused(typed: String) {
    #expect { try SeparatorSyntax.decode(typed) } throws: { ($0 as? SourceError)?.code == .badSplitter }
  }

  @Test(arguments: ["\n\n", "", "\\n", "\u{1b}[0m", "\u{a0}。😀\u{202e}", "\r\t\0", "e\u{301}"])
  func encodingIsDecodedToTheSame(separator: String) throws {
    let typed = SeparatorSyntax.encode(Text(separator))
    #expect(try SeparatorSyntax.decode(typed) == Text(separator))
    #expect(typed.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
