import DocumentSources
import Foundation
import Testing
import VectorStore

@Suite struct DocumentReaderTests {
  @Test func filesAreReadInTheOrderGiven() throws {
    let folder = try TemporaryFolder()
    let files = [
      SourceFile(path: try folder.write("b.txt", "b"), kind: .text),
      SourceFile(
        path: try folder.write("a.jsonl", "{\"text\": \"1\"}\n{\"text\": \"2\"}\n"), kind: .jsonLines),
      SourceFile(path: try folder.write("c.csv", "text\nc\n"), kind: .csv),
    ]
    let reader = DocumentReader(files)
    #expect(try reader.rest().map(\.text) == ["b", "1", "2", "c"])
    #expect(reader.report.lines == ["read 4 documents from 3 files"])
  }

  @Test func readingGoesOnBehindAnError() throws {
    let folder = try TemporaryFolder()
    let files = [
      SourceFile(path: folder.path + "/missing.txt", kind: .text),
      SourceFile(path: try folder.write("a.jsonl", "bad\n{\"text\": \"1\"}\n"), kind: .jsonLines),
      SourceFile(path: folder.path, kind: .text),
    ]
    let reader = DocumentReader(files)
    #expect { try reader.next() } throws: { ($0 as? SourceError)?.code == .unreadable }
    #expect { try reader.next() } throws: { ($0 as? SourceError)?.code == .badJSON }
    #expect(try reader.next()?.text == "1")
    #expect { try reader.next() } throws: { ($0 as? SourceError)?.message.contains("folder") == true }
    #expect(try reader.next() == nil)
  }

  @Test func badFilesAndRecordsAreSkippedAndCounted() throws {
    let folder = try TemporaryFolder()
    let lines = String(repeating: "bad\n", count: 150) + "{\"text\": \"1\"}\n{\"text\": \"\"}"
    let files = [
      SourceFile(path: folder.path + "/missing.txt", kind: .text),
      SourceFile(path: try folder.write("a.txt", "a\0"), kind: .text),
      SourceFile(path: try folder.write("a.jsonl", lines), kind: .jsonLines),
    ]
    let reader = DocumentReader(files, settings: SourceSettings(skipsBad: true))
    #expect(try reader.rest().map(\.text) == ["1"])
    let report = reader.report
    #expect(report.skippedBad == 152 && report.badRecords.count == SourceReport.listedBad)
    #expect(report.skippedBlank == 1 && report.files == 2)
    #expect(report.lines.contains("  and 52 more"))
  }

  @Test func aPipeIsReadAsItIsWritten() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let selection = try FileSelection([path], kind: .jsonLines)
    let writer = Thread {
      guard let pipe = FileHandle(forWritingAtPath: path) else { return }
      for piece in ["{\"te", "xt\": \"a\"}\n{", "\"text\": \"b\"}"] { pipe.write(Data(piece.utf8)) }
      try? pipe.close()
    }
    writer.start()
    #expect(try DocumentReader(selection.files).rest().map(\.text) == ["a", "b"])
  }
}
