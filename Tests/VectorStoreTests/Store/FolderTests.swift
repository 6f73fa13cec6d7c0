import Foundation
import Testing
import VectorStore

struct FolderTests {
  @Test(arguments: [
    ("a", "."), (".", "."), ("~", "."), ("", "."), ("a/", "."), ("a//", "."), ("ab", "."), ("..", "."),
    ("a/b", "a"), ("a/b/", "a"), ("a//b", "a"), ("../b", ".."), ("/", "/"), ("//", "/"), ("/a", "/"),
    ("/a/", "/"), ("/a/b", "/a"), ("./é", "."),
  ])
  func theFolderOfAPathIsWhatComesBeforeItsLastPart(path: String, folder: String) {
    #expect(path.parentFolder == folder)
  }

  @Test func aFolderIsMadeWithThoseItIsIn() throws {
    let outer = NSTemporaryDirectory() + "fathom-folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: outer) }
    try Folder.create(outer + "/a/b")
    try Folder.create(outer + "/a/b")
    #expect(FileManager.default.fileExists(atPath: outer + "/a/b"))
  }
}
