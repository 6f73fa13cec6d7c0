import DocumentSources
import Foundation
import Testing
import VectorStore

@Suite struct TextReaderTests {
  @Test func aTextFileIsOneDocumentWithItsPathAsSource() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("notes.md", "# Title\n\nText\n")
    let documents = try DocumentReader([SourceFile(path: path, kind: .markdown)]).rest()
    let expected = SourceDocument(
      text: "# Title\n\nText\n", metadata: ["source": .string(Text(path))],
      origin: SourceOrigin(file: path, line: 1))
    #expect(documents == [expected])
  }

  @Test func lineEndsAndByteOrderMarksAreThoseOfPython() throws {
    let documents = try read("\u{feff}a\r\n\r\nb\rc\n\r\nd\r", as: "a.txt").documents
    #expect(documents.map(\.text) == ["a\n\nb\nc\n\nd\n"])
  }

  @Test func blankFilesAreSkippedAndCounted() throws {
    for content in ["", " \n\t\u{a0}\u{3000}", "\u{feff}", "\r\n"] {
      let (documents, report) = try read(content, as: "a.txt")
      #expect(documents.isEmpty && report.skippedBlank == 1 && report.files == 1 && report.read == 0)
      #expect(report.lines == ["read 0 documents from 1 file", "skipped 1 document without any text"])
    }
  }

  @Test func brokenUTF8IsRefusedWithItsPlace() throws {
    let error = try #require(refusal(Array("one\ntwo caf".utf8) + [0xe9, 0x0a, 0x41], as: "a.txt"))
    #expect(error.code == .badEncoding && error.line == 2 && error.byteOffset == 11)
    #expect(error.description.hasSuffix("a.txt:2: \(error.message)"))
    #expect(error.message.contains("byte 11 of the file is 0xe9"))
  }

  @Test func theByteOrderMarkCountsInOffsets() throws {
    let error = try #require(refusal([0xef, 0xbb, 0xbf, 0x41, 0xff], as: "a.txt"))
    #expect(error.byteOffset == 4)
  }

  @Test func brokenUTF8IsReplacedAndCountedOnDemand() throws {
    let settings = SourceSettings(replacesInvalidUTF8: true)
    // A cut sequence, a lone continuation, an encoded surrogate (three bad bytes) and an overlong slash.
    let bytes: [UInt8] = [0x61, 0xe2, 0x82, 0x62, 0x80, 0x63, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0x64]
    let (documents, report) = try read(bytes, as: "a.txt", settings)
    #expect(documents.map(\.text) == [Text(String(decoding: bytes, as: UTF8.self))])
    #expect(report.replacedSequences == 7)
    #expect(report.lines.last == "replaced 7 broken byte sequences by U+FFFD")
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    let null = try #require(refusal("ab\nc\0d", as: "a.txt"))
    #expect(null.code == .binary && null.line == 2 && null.byteOffset == 4)
    #expect(refusal("%PDF-1.7\n…", as: "a.txt")?.message.contains("pdftotext") == true)
    #expect(refusal([0x50, 0x4b, 3, 4, 0], as: "a.md")?.code == .binary)
    #expect(refusal([0x89, 0x50, 0x4e, 0x47, 0x0d], as: "a.csv")?.code == .binary)
    let wide = try #require(refusal([0xff, 0xfe, 0x41, 0], as: "a.txt"))
    #expect(wide.code == .badEncoding && wide.message.contains("UTF-16"))
  }
}
