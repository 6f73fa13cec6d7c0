import Foundation
import Testing
import VectorStore

@testable import StoreFormats

/// Stores of every LangChain version through every format and back.
struct RoundTripTests {
  enum Form: String, CaseIterable, Sendable {
    case lines = "copy.jsonl"
    case bytes = "copy.bin"
    case database = "copy.db"
    case folder = "copy"

    func location(in folder: TemporaryFolder) -> StoreLocation {
      switch self {
      case .database: .database(path: "\(folder.path)/copy.db", name: "a store's")
      default: StoreWriter.destination(for: "\(folder.path)/\(rawValue)")
      }
    }
  }

  static let stores: [String] = {
    let root = Fixtures.path("stores")
    let groups = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).filter {
      $0 != "hostile"
    }
    return groups.sorted().flatMap { group -> [String] in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(group)")) ?? []
      return names.filter { $0 != "VERSIONS.json" }.sorted().map { "\(group)/\($0)" }
    }
  }()

  private func opened(_ store: String) throws -> OpenedStore {
    let folder = Fixtures.path("stores/\(store)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    if files.contains("index.pkl") { return try Fixtures.open(folder) }
    let file = files.first { $0.hasSuffix(".faiss") } ?? "serialized.bin"
    return try Fixtures.open("\(folder)/\(file)")
  }

  private func bits(_ version: StoreVersion) throws -> [UInt32] {
    try (0..<version.count).flatMap { try version.vector(atRow: $0).map(\.bitPattern) }
  }

  @Test func thereAreStores() { #expect(Self.stores.count > 120) }

  @Test(arguments: stores, Form.allCases) func nothingIsLost(store: String, form: Form) throws {
    let original = try opened(store)
    let folder = try TemporaryFolder()
    let location = form.location(in: folder)
    _ = try StoreWriter(location, leftovers: original.leftovers).write(original.version)
    #expect(location.exists)
    let copy = try StoreReader(try StoreLocation(path: location.path)).read()
    #expect(copy.version.metric == original.version.metric)
    #expect(copy.version.dimension == original.version.dimension)
    #expect(Fixtures.documents(copy.version) == Fixtures.documents(original.version))
    #expect(try bits(copy.version) == bits(original.version))
    #expect(copy.leftovers == original.leftovers)
  }

  @Test(arguments: ["basic_l2", "types", "text_surrogate", "uuid_ids_no_meta"])
  func langChainJSKeepsEverythingBesideOwnClasses(store: String) throws {
    let original = try opened("langchain-community-0.2.19/\(store)")
    let folder = try TemporaryFolder()
    _ = try StoreWriter(.javaScript(path: "\(folder.path)/js")).write(original.version)
    let copy = try Fixtures.open("\(folder.path)/js")
    #expect(copy.location == .javaScript(path: "\(folder.path)/js"))
    #expect(Fixtures.documents(copy.version) == Fixtures.documents(original.version))
    #expect(try bits(copy.version) == bits(original.version))
  }

  @Test func vectorsThatAreNotFiniteKeepTheirBits() throws {
    let values: [Float] = [
      .nan, -.infinity, -0.0, .leastNonzeroMagnitude, 0.1, Float(bitPattern: 0x7fc0_0123),
    ]
    let version = StoreVersion(
      dimension: 3, metric: .innerProduct,
      segments: [
        Segment(
          vectors: Vectors(values, dimension: 3),
          documents: [Document(id: "a", content: "x"), Document(id: "b", content: "y")], origin: .file)
      ])
    for form in Form.allCases {
      let folder = try TemporaryFolder()
      let location = form.location(in: folder)
      _ = try StoreWriter(location).write(version)
      #expect(try bits(StoreReader(location).read().version) == values.map(\.bitPattern))
    }
  }

  @Test func aMatrixIsReadByPlaceAndChecked() throws {
    let folder = try TemporaryFolder()
    let original = try opened("langchain-community-0.4.2/basic_l2")
    _ = try StoreWriter(.matrix(path: "\(folder.path)/v.npy")).write(original.version)
    let matrix = try Fixtures.open("\(folder.path)/v.npy")
    #expect(try bits(matrix.version) == bits(original.version))
    #expect(matrix.version.document(atRow: 3).id == "3")
    let bytes = try folder.bytes("v.npy")
    try folder.write(bytes.dropLast(4), to: "short.npy")
    #expect { try Fixtures.open("\(folder.path)/short.npy") } throws: { "\($0)".contains("do not fill") }
    try folder.write(Data("hello".utf8), to: "no.npy")
    #expect { try Fixtures.open("\(folder.path)/no.npy") } throws: {
      "\($0)".contains("expected a NumPy file")
    }
  }

  @Test func aDatabaseHoldsSeveralStoresAndTheOneBefore() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/stores.db"
    let (one, two) = (
      try opened("langchain-community-0.4.2/one_doc"), try opened("langchain-community-0.4.2/texts")
    )
    _ = try StoreWriter(.database(path: file, name: "a")).write(one.version)
    _ = try StoreWriter(.database(path: file, name: "b")).write(two.version)
    let report = try StoreWriter(.database(path: file, name: "a")).write(two.version)
    #expect(report.backups == ["sqlite:\(file)#a.bak"])
    #expect(try Fixtures.open("sqlite:\(file)#a").version.count == two.version.count)
    #expect(try Fixtures.open("sqlite:\(file)#a.bak").version.count == 1)
    #expect { try Fixtures.open("sqlite:\(file)#c") } throws: { "\($0)".contains("found a, a.bak, b") }
    #expect { try Fixtures.open("sqlite:\(file)") } throws: { "\($0)".contains("name one of its stores") }
  }

  @Test func aStoreInADatabaseThatChangedIsNotOverwritten() throws {
    let folder = try TemporaryFolder()
    let location = StoreLocation.database(path: "\(folder.path)/s.db", name: "a")
    let store = try opened("langchain-community-0.4.2/one_doc")
    _ = try StoreWriter(location).write(store.version)
    let seen = try StoreReader(location).read()
    _ = try StoreWriter(location).write(store.version)
    #expect { try StoreWriter(location).write(store.version, expecting: seen.fingerprint) } throws: { error in
      (error as? StoreFormatError)?.code == .changedOnDisk
    }
  }

  @Test(arguments: [
    ("{}", "line 2: \"id\": expected text"), ("nonsense", "line 2: no JSON"),
    (#"{"id":"b","content":"x","vector":[1]}"#, "line 2: the vector has 1 numbers, expected 2"),
    (#"{"id":"b","content":"x","vector":["1",2]}"#, "line 2: \"vector\": expected numbers"),
    (#"{"id":"b","content":7,"vector":[1,2]}"#, "line 2: \"content\": expected text, found int"),
    (
      #"{"id":"b","content":"x","metadata":{"a":{"$t":"opaque","pickle":"636f730a73797374656d0a"}},"vector":[1,2]}"#,
      "line 2"
    ),
    (#"{"fathom":"store 9"}"#, "line 2: expected the header"),
  ])
  func linesThatAreNoRowsAreNamed(line: String, words: String) throws {
    let folder = try TemporaryFolder()
    let text = #"{"id":"a","content":"x","vector":[1,2]}"# + "\n" + line
    try folder.write(Data(text.utf8), to: "a.jsonl")
    #expect { try Fixtures.open("\(folder.path)/a.jsonl") } throws: { "\($0)".contains(words) }
  }
}
