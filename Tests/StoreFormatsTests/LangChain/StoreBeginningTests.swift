import Foundation
import Pickle
import Testing
import VectorStore

@testable import StoreFormats

/// What is shown of a large store before it is read.
@Suite struct StoreBeginningTests {
  private static let count = 2_500

  /// A store whose rows name the documents in `order`; with `refers` by the memo, as LangChain does.
  private func store(
    refers: Bool, order: [Int] = Array(0..<count), documents: Int = count, rows: Int? = nil
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var writer = PickleWriter()
    func write(id number: Int, _ writer: inout PickleWriter) {
      if refers { writer.writeKey("id \(number)") } else { writer.writeText("id \(number)") }
    }
    writer.writeInstance(module: "langchain_community.docstore.in_memory", name: "InMemoryDocstore")
    writer.writeDict(["_dict"]) { writer, key in
      writer.writeText(key)
      writer.writeDict(0..<documents) { writer, number in
        write(id: number, &writer)
        writer.writeInstance(module: "langchain_core.documents.base", name: "Document")
        writer.writeDict(["page_content", "metadata"]) { writer, field in
          writer.writeKey(field)
          // What the end of a pickle looks like stands in texts too.
          if field == "metadata" {
            writer.writeDict([number]) { writer, number in
              writer.writeKey("n")
              writer.writeInt(number)
            }
          } else {
            writer.writeText("text \(number) }(K\0h\0K\u{1}h\u{1}u\u{86}.")
          }
        }
        writer.build()
      }
    }
    writer.build()
    writer.writeDict(Array((rows.map { Array(order.prefix($0)) } ?? order).enumerated())) { writer, row in
      writer.writeInt(row.offset)
      write(id: row.element, &writer)
    }
    writer.makePair()
    try folder.write(writer.finish(), to: "index.pkl")
    let vectors = Vectors((0..<Self.count).flatMap { [Float($0), 0] }, dimension: 2)
    let empty = (0..<Self.count).map { Document(id: DocumentID("\($0)"), content: "") }
    var sink = try FileSink(path: folder.path + "/index.faiss", permissions: 0o600)
    try IndexWriter(
      StoreVersion(
        dimension: 2, metric: .squaredL2,
        segments: [Segment(vectors: vectors, documents: empty, origin: .file)])
    ).write(to: &sink)
    try sink.finish()
    return folder
  }

  private func beginning(_ folder: TemporaryFolder) throws -> StoreVersion? {
    try StoreReader(StoreLocation(path: folder.path)).readBeginning(atLeast: 0)?.version
  }

  @Test(arguments: [true, false]) func theFirstDocumentsAreThoseOfTheWholeStore(refers: Bool) throws {
    let folder = try store(refers: refers)
    let whole = try Fixtures.open(folder.path).version
    let first = try #require(try beginning(folder))
    #expect(first.count == whole.count)
    for row in [0, 1, 300, 999] {
      let document = first.document(atRow: row)
      #expect(document == whole.document(atRow: row))
      #expect(first.places(of: document.id).map { first.row(of: $0) } == [row])
      #expect(try first.vector(atRow: row) == whole.vector(atRow: row))
    }
    #expect(first.document(atRow: 2_499).id == .pending)
    #expect(first.document(atRow: 2_499).content == "still being read")
    #expect(!first.contains("id 2499"))
  }

  @Test(arguments: [true, false]) func whereRowsAreInAnotherOrderNothingIsShownBefore(refers: Bool) throws {
    var order = Array(0..<Self.count)
    order.swapAt(3, 2_000)
    let folder = try store(refers: refers, order: order)
    #expect(try beginning(folder) == nil)
    #expect(try Fixtures.open(folder.path).version.document(atRow: 3).id == "id 2000")
  }

  @Test func whatEndsOtherwiseIsNotShownBefore() throws {
    #expect(try beginning(store(refers: true, rows: 2_499)) == nil)
    let folder = try store(refers: true)
    let bytes = try folder.bytes("index.pkl")
    for cut in [1, 2, 100, bytes.count / 2] {
      try folder.write(bytes.dropLast(cut), to: "index.pkl")
      #expect(try beginning(folder) == nil, "\(cut) bytes less")
    }
    // Damage in the middle is for the whole reading to find.
    var damaged = bytes
    damaged[bytes.count / 2] ^= 0xFF
    try folder.write(damaged, to: "index.pkl")
    #expect(try beginning(folder) != nil)
  }

  @Test func aSmallStoreIsReadAtOnce() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    #expect(try beginning(folder) == nil)
    let large = try store(refers: true)
    let beginning = try StoreReader(StoreLocation(path: large.path)).readBeginning()
    #expect(beginning == nil)
    withExtendedLifetime(large) {}
  }
}
