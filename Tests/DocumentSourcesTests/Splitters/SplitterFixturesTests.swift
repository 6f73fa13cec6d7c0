import DocumentSources
import Foundation
import Testing
import VectorStore

/// One case of Fixtures/splitters, recorded from LangChain by scripts/make-splitter-fixtures.py.
struct SplitterCase: Sendable {
  var title: String
  var text: Text
  var isRecursive: Bool
  var separators: [Text]?
  var limits: ChunkLimits
  var placement: SeparatorPlacement
  var chunks: [TextChunk]
  var warnings: [String]

  static func all(in file: String) throws -> [SplitterCase] {
    let url =
      file.hasPrefix("/")
      ? URL(filePath: file)
      : URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/splitters/\(file)")
    let fixture = try MetadataValue(json: String(contentsOf: url, encoding: .utf8))
    return try #require(fixture["cases"]?.elements).map(SplitterCase.init)
  }

  init(_ value: MetadataValue) throws {
    title = value["title"]?.text?.string ?? ""
    text = try #require(value["text"]?.text)
    isRecursive = value["separator"] == nil
    separators = value["separator"]?.text.map { [$0] } ?? value["separators"]?.elements?.compactMap(\.text)
    limits = try ChunkLimits(
      chunkSize: #require(value["chunk_size"]?.integer),
      chunkOverlap: #require(value["chunk_overlap"]?.integer),
      stripsWhitespace: value["strip"] == true, addsStartIndex: true)
    placement = try #require(SeparatorPlacement(rawValue: value["keep"]?.text?.string ?? ""))
    let starts = try #require(value["start_index"]?.elements).compactMap(\.integer)
    chunks = try zip(#require(value["chunks"]?.elements).compactMap(\.text), starts)
      .map { TextChunk(content: $0, startIndex: $1) }
    warnings = try #require(value["warnings"]?.elements).compactMap { $0.text?.string }
  }

  var summary: Comment {
    "\(title): \(separators ?? []), \(placement), \(limits)"
  }

  /// Cuts the text as LangChain did and compares.
  func expectSameAnswer() {
    let answer =
      if isRecursive {
        RecursiveCharacterTextSplitter(limits: limits, separators: separators ?? [], placement: placement)
          .split(text)
      } else {
        CharacterTextSplitter(limits: limits, separator: separators?.first ?? "", placement: placement)
          .split(text)
      }
    #expect(answer.chunks == chunks, summary)
    #expect(answer.warnings.map(\.description) == warnings, summary)
  }
}

@Suite struct SplitterFixturesTests {
  @Test(arguments: ["character.json", "recursive.json"])
  func splittersAnswerAsLangChain(file: String) throws {
    let cases = try SplitterCase.all(in: file)
    #expect(cases.count == 360 && cases.allSatisfy { $0.isRecursive == (file == "recursive.json") })
    for example in cases { example.expectSameAnswer() }
  }

  @Test func limitsAreRefusedWhereLangChainRaises() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/splitters/refusals.json")
    let cases = try #require(
      try MetadataValue(json: String(contentsOf: url, encoding: .utf8))["cases"]?.elements)
    #expect(cases.count == 20)
    for example in cases {
      let size = try #require(example["chunk_size"]?.integer)
      let overlap = try #require(example["chunk_overlap"]?.integer)
      let limits = try? ChunkLimits(chunkSize: size, chunkOverlap: overlap)
      #expect((limits != nil) == (example["accepted"] == true), "size \(size), overlap \(overlap)")
    }
  }

  /// Compares with a file that the script recorded from any text; names it in `SPLITTER_RECORDING`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SPLITTER_RECORDING"] != nil))
  func aRecordedFileIsSplitAsByLangChain() throws {
    let path = ProcessInfo.processInfo.environment["SPLITTER_RECORDING"] ?? ""
    for example in try SplitterCase.all(in: path) { example.expectSameAnswer() }
  }
}

extension MetadataValue {
  subscript(key: String) -> MetadataValue? {
    if case .dictionary(let content) = self { content[key] } else { nil }
  }

  var elements: [MetadataValue]? { if case .list(let elements) = self { elements } else { nil } }
  var text: Text? { if case .string(let text) = self { text } else { nil } }
  var integer: Int? { if case .int(let number) = self { number } else { nil } }
}
