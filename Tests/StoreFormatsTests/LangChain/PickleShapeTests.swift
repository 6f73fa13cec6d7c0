import Foundation
import StoreFormats
import Testing
import VectorStore

/// Pickles that are no pair of docstore and map: what scripts/make-pickle-fixtures.py writes.
struct PickleShapeTests {
  private let secret = "sk-a-secret"

  @Test(arguments: [
    ("whole", ["a", "b", "c"]), ("whole/index.pkl", ["a", "b", "c"]), ("whole/index.faiss", ["a", "b", "c"]),
    ("whole-docs-index", ["a", "b", "c"]), ("whole-docs-index/docs.index", ["a", "b", "c"]),
    ("whole-without-map", ["0", "1", "2"]), ("whole-with-index", ["a", "b", "c"]),
  ])
  func aWholeObjectOpensWithItsVectors(path: String, ids: [String]) throws {
    let opened = try Fixtures.open(Fixtures.path("pickle-shapes/\(path)"))
    #expect(Fixtures.documents(opened.version).map(\.id.text) == ids)
    #expect(Fixtures.documents(opened.version).map(\.content.string) == ["text 0", "text 1", "text 2"])
    #expect(try opened.version.vector(atRow: 1) == [0, 1, 0])
    #expect(opened.problems.map(\.code) == ["whole_object"])
    #expect(!"\(opened)".contains(secret))
  }

  @Test func aWholeObjectIsNeverReplaced() throws {
    let folder = try TemporaryFolder(copyOf: "pickle-shapes/whole")
    let before = try folder.bytes("index.pkl")
    let opened = try Fixtures.open(folder.path)
    #expect { try StoreWriter(opened.location).write(opened.version) } throws: {
      ($0 as? StoreFormatError)?.code == .unsupported
    }
    #expect(try folder.bytes("index.pkl") == before)
    let copy = StoreLocation.folder(path: folder.path + "/copy", name: "index")
    _ = try StoreWriter(copy).write(opened.version)
    #expect(Fixtures.documents(try Fixtures.open(copy.path).version).count == 3)
    #expect(try folder.bytes("copy/index.pkl").range(of: Data(secret.utf8)) == nil)
  }

  @Test func aWholeObjectWithoutItsVectorsSaysWhatIsMissing() throws {
    let folder = try TemporaryFolder(copyOf: "pickle-shapes/whole")
    try FileManager.default.removeItem(atPath: folder.path + "/index.faiss")
    let error = #expect(throws: StoreFormatError.self) { try Fixtures.open(folder.path) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("index.faiss: not found") == true)
  }

  @Test func aPairOfTodayGoesBeforeAnOldObjectBesideIt() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/basic_l2")
    try folder.write(
      Data(contentsOf: URL(filePath: Fixtures.path("pickle-shapes/whole/index.pkl"))), to: "old.pkl")
    #expect(try Fixtures.open(folder.path).version.count == 40)
    let error = #expect(throws: StoreFormatError.self) { try Fixtures.open(folder.path + "/old.pkl") }
    #expect(error?.code == .notFound)
  }

  @Test(arguments: [
    ("documents", "a list of 3 documents", "from_documents"),
    ("dictionaries", "a list of 2 dictionaries", "build"),
    ("texts", "a list of 2 texts", "build"), ("dictionary", "a dictionary of 1 entries", "save_local"),
    ("docstore", "a docstore alone", "save_local"), ("map", "a map of 2 rows to ids alone", "docstore"),
    ("faiss-object", "a faiss index without documents", "write_index"),
    ("faiss-bytes", "a faiss index", ".faiss"), ("tfidf", "scikit-learn", "no LangChain store"),
    ("joblib", "joblib", "no LangChain store"), ("pointer", "git-lfs", "git lfs pull"),
    ("whole-shell", "builtins.getattr", "nothing was run"),
  ])
  func otherShapesAreNamedWithWhatToDo(name: String, found: String, advice: String) throws {
    let error = #expect(throws: StoreFormatError.self) {
      try Fixtures.open(Fixtures.path("pickle-shapes/refused/\(name).pkl"))
    }
    #expect(error?.message.contains(found) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(advice) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(secret) == false)
  }
}
