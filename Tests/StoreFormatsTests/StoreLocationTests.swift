import Foundation
import StoreFormats
import Testing

struct StoreLocationTests {
  @Test func aFolderHoldsTheIndexPair() throws {
    let path = Fixtures.path("stores/langchain-community-0.4.2/basic_l2")
    #expect(try StoreLocation(path: path) == .folder(path: path, name: "index"))
  }

  @Test func aPairOfAnotherNameIsFoundByItsFileOrItsFolder() throws {
    let path = Fixtures.path("stores/langchain-community-0.4.2/index_name_custom")
    let expected = StoreLocation.folder(path: path, name: "my store.v2")
    #expect(try StoreLocation(path: "\(path)/my store.v2.faiss") == expected)
    #expect(try StoreLocation(path: "\(path)/my store.v2.pkl") == expected)
    #expect(try StoreLocation(path: path) == expected)
  }

  @Test func severalPairsAreNamedAndOneIsAskedFor() throws {
    let folder = try TemporaryFolder()
    for file in ["a.faiss", "a.pkl", "b.faiss", "b.pkl"] { try folder.write([], to: file) }
    let error = #expect(throws: StoreFormatError.self) { try StoreLocation(path: folder.path) }
    #expect(error?.message.contains("a.faiss") == true)
    #expect(try StoreLocation(path: "\(folder.path)/b.faiss") == .folder(path: folder.path, name: "b"))
  }

  @Test func serializedBytesAndALoneIndexAreFiles() throws {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/serialized_bytes")
    #expect(
      try StoreLocation(path: "\(folder.path)/serialized.bin")
        == .serialized(path: "\(folder.path)/serialized.bin"))
    try folder.write(try folder.bytes("serialized.bin"), to: "store.pkl")
    #expect(
      try StoreLocation(path: "\(folder.path)/store.pkl") == .serialized(path: "\(folder.path)/store.pkl"))
    try folder.write([], to: "lone.faiss")
    #expect(try StoreLocation(path: "\(folder.path)/lone.faiss") == .index(path: "\(folder.path)/lone.faiss"))
  }

  @Test func whatIsMissingIsNamed() throws {
    let nothing = #expect(throws: StoreFormatError.self) { try StoreLocation(path: "/nowhere/at/all") }
    #expect(nothing?.code == .notFound)
    let folder = try TemporaryFolder()
    let empty = #expect(throws: StoreFormatError.self) { try StoreLocation(path: folder.path) }
    #expect(empty?.message.contains("index.faiss: not found") == true)
    try folder.write([], to: "index.faiss")
    let half = #expect(throws: StoreFormatError.self) { try StoreLocation(path: folder.path) }
    #expect(half?.message.contains("index.pkl: not found") == true)
  }
}
