import DocumentSources
import Testing
import VectorStore

@Suite struct SourceDocumentTests {
  let document = SourceDocument(
    text: "one two\n\nthree\n\nfour", metadata: ["source": "a.txt", "page": 3], id: "x",
    origin: SourceOrigin(file: "a.txt", line: 1))

  func splitter(_ size: Int, startIndex: Bool = false) throws -> CharacterTextSplitter {
    CharacterTextSplitter(
      limits: try ChunkLimits(chunkSize: size, chunkOverlap: 0, addsStartIndex: startIndex))
  }

  @Test func chunksKeepTheMetadataAndLoseTheID() throws {
    let parts = document.split(by: try splitter(12)).documents
    #expect(parts.map(\.text.string) == ["one two", "three\n\nfour"])
    #expect(parts.allSatisfy { $0.metadata == document.metadata && $0.id == nil })
    #expect(parts.allSatisfy { $0.origin == document.origin })
  }

  @Test func startIndexIsTheLastMetadataKey() throws {
    let parts = document.split(by: try splitter(12, startIndex: true)).documents
    #expect(parts.map { $0.metadata["start_index"] } == [0, 9])
    #expect(parts[1].metadata == ["source": "a.txt", "page": 3, "start_index": 9])
  }

  @Test func aDocumentThatStaysWholeKeepsItsID() throws {
    #expect(document.split(by: try splitter(100)).documents == [document])
  }

  @Test func aDocumentWithAVectorIsNeverCut() throws {
    var document = document
    document.vector = [1, 2]
    #expect(document.split(by: try splitter(5)).documents == [document])
  }

  @Test func longPiecesAreReportedAsLangChainDoes() throws {
    let warnings = document.split(by: try splitter(5)).warnings
    #expect(
      warnings.map(\.description) == ["Created a chunk of size 7, which is longer than the specified 5"])
  }
}
