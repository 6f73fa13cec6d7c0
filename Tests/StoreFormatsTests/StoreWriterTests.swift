import Foundation
import Testing
import VectorStore

@testable import StoreFormats

struct StoreWriterTests {
  /// Saving what was opened must give back every document, value for value, and every vector.
  @Test(arguments: [
    "stores/langchain-0.0.100-py39/types", "stores/langchain-0.0.150-pydantic1/types",
    "stores/langchain-community-0.2.19/types", "stores/langchain-community-0.4.2/type_nonstr_keys",
    "stores/langchain-community-0.4.2/type_surrogate", "stores/langchain-community-0.4.2/text_surrogate",
    "stores/langchain-community-0.2.19/ids_odd", "stores/langchain-community-0.4.2/empty_store",
    "stores/langchain-community-0.2.19/basic_ip", "stores/pickle-variants/userclass_enum_p4",
    "stores/pickle-variants/userclass_dataclass_p4", "stores/pickle-variants/document_subclass",
    "stores/pickle-variants/pandas_values", "stores/pickle-variants/zoneinfo_value",
    "stores/pickle-variants/uuid_object_ids", "stores/pickle-variants/proto0",
    "stores/pickle-variants/proto5",
  ])
  func whatIsSavedReadsBackTheSame(fixture: String) throws {
    let opened = try Fixtures.open(Fixtures.path(fixture))
    let folder = try TemporaryFolder()
    _ = try StoreWriter(.folder(path: folder.path, name: "index"), leftovers: opened.leftovers)
      .write(opened.version)
    let again = try Fixtures.open(folder.path)
    #expect(Fixtures.documents(again.version) == Fixtures.documents(opened.version))
    #expect(again.version.metric == opened.version.metric)
    for row in 0..<opened.version.count {
      #expect(try again.version.vector(atRow: row) == opened.version.vector(atRow: row))
    }
  }

  /// A store of so many documents, of which one may have another text.
  private func version(of count: Int, changed: Int? = nil) -> StoreVersion {
    let documents = (0..<count).map { row in
      Document(
        id: DocumentID("d\(row)"), content: Text(row == changed ? "other" : "text \(row)"),
        metadata: [:])
    }
    let vectors = Vectors([Float](repeating: 0, count: count), dimension: 1)
    return StoreVersion(
      dimension: 1, metric: .squaredL2,
      segments: [Segment(vectors: vectors, documents: documents, origin: .file)])
  }

  @Test func oneDocumentThatReadsBackOtherwiseIsNoticedWhereverItIs() throws {
    let writer = StoreWriter(.folder(path: "/nowhere", name: "index"))
    let whole = version(of: 9000)
    #expect(try writer.holds(version(of: 9000), theDocumentsOf: whole))
    for row in [0, 2047, 2048, 4095, 4096, 8191, 8192, 8999] {
      #expect(try !writer.holds(version(of: 9000, changed: row), theDocumentsOf: whole), "row \(row)")
    }
  }

  @Test func aFlatIndexIsWrittenByteForByteAsFaissWritesIt() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    let before = try folder.bytes("index.faiss")
    let opened = try Fixtures.open(folder.path)
    _ = try StoreWriter(opened.location).write(opened.version, expecting: opened.fingerprint)
    #expect(try folder.bytes("index.faiss") == before)
  }

  @Test func aSaveSaysHowFarItIsAndCanBeStoppedBeforeItReplacesAnything() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    let before = folder.files
    let bytes = (try folder.bytes("index.faiss"), try folder.bytes("index.pkl"))
    let opened = try Fixtures.open(folder.path)
    for phase in [SaveStep.Phase.vectors, .documents, .reading, .comparing] {
      let writer = StoreWriter(opened.location) { (step) throws(StoreFormatError) in
        #expect(step.total == 40 || step.phase == .reading)
        if step.phase == phase { throw StoreFormatError(.cancelled, "stop") }
      }
      #expect { try writer.write(opened.version) } throws: {
        ($0 as? StoreFormatError)?.code == .cancelled
      }
      #expect(folder.files == before)
    }
    #expect(try folder.bytes("index.faiss") == bytes.0)
    #expect(try folder.bytes("index.pkl") == bytes.1)
  }

  @Test func theFilesOfBeforeAreKept() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    let before = (try folder.bytes("index.faiss"), try folder.bytes("index.pkl"))
    let opened = try Fixtures.open(folder.path)
    _ = try StoreWriter(opened.location).write(opened.version, expecting: opened.fingerprint)
    #expect(try folder.bytes("index.faiss.bak") == before.0)
    #expect(try folder.bytes("index.pkl.bak") == before.1)
    #expect(
      folder.files == ["expected.json", "index.faiss", "index.faiss.bak", "index.pkl", "index.pkl.bak"])
  }

  @Test func filesThatChangedSinceTheyWereOpenedAreNotOverwritten() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    let opened = try Fixtures.open(folder.path)
    let other = try folder.bytes("index.pkl") + Data([0])
    try folder.write(other, to: "index.pkl")
    let error = #expect(throws: StoreFormatError.self) {
      try StoreWriter(opened.location).write(opened.version, expecting: opened.fingerprint)
    }
    #expect(error?.code == .changedOnDisk)
    #expect(try folder.bytes("index.pkl") == other)
    #expect(!folder.files.contains { $0.hasPrefix(".") })
  }

  @Test func serializedBytesAreWrittenAsOneFile() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/serialized_bytes")
    let opened = try Fixtures.open("\(folder.path)/serialized.bin")
    _ = try StoreWriter(opened.location).write(opened.version, expecting: opened.fingerprint)
    let again = try Fixtures.open("\(folder.path)/serialized.bin")
    #expect(Fixtures.documents(again.version) == Fixtures.documents(opened.version))
    #expect(try again.version.vector(atRow: 0) == opened.version.vector(atRow: 0))
  }

  @Test func sizesAreToldBeforeWriting() throws {
    let opened = try Fixtures.open(Fixtures.path("stores/langchain-community-0.4.2/basic_l2"))
    let folder = try TemporaryFolder()
    let writer = StoreWriter(.folder(path: folder.path, name: "index"))
    let planned = writer.sizes(of: opened.version)
    _ = try writer.write(opened.version)
    #expect(planned == [try folder.bytes("index.faiss").count, try folder.bytes("index.pkl").count])
  }

  @Test func aDocumentThatNoRowShowsStaysInTheDocstore() throws {
    let opened = try Fixtures.open(Fixtures.path("stores/hostile/pair_fewer_vectors"))
    #expect(opened.version.count == 2)
    #expect(opened.leftovers.orphans.count == 1)
    #expect(opened.problems.map(\.code).contains("map_mismatch"))
    let folder = try TemporaryFolder()
    _ = try StoreWriter(.folder(path: folder.path, name: "index"), leftovers: opened.leftovers)
      .write(opened.version)
    let again = try Fixtures.open(folder.path)
    #expect(again.leftovers.orphans == opened.leftovers.orphans)
  }
}
