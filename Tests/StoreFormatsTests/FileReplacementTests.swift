import Foundation
import Testing
import VectorStore

@testable import StoreFormats

/// A crash at any moment of a save leaves the old pair or the new pair.
struct FileReplacementTests {
  private let files = ["index.faiss", "index.pkl"]

  /// A folder with an old pair and a new one written but not renamed.
  private func prepared() throws -> (TemporaryFolder, FileReplacement) {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/one_doc")
    let replacement = FileReplacement(folder: folder.path, name: "index", files: files)
    let source = Fixtures.path("stores/langchain-community-0.4.2/basic_l2")
    for file in files {
      try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: replacement.newPath(file))
    }
    return (folder, replacement)
  }

  @Test func aCrashBeforeTheRecordLeavesTheOldPair() throws {
    let (folder, _) = try prepared()
    #expect(try Fixtures.open(folder.path).version.count == 1)
  }

  @Test func aCrashAfterTheRecordGivesTheNewPair() throws {
    let (folder, _) = try prepared()
    try folder.write(Array("index.faiss\nindex.pkl".utf8), to: ".index.fathom-save")
    #expect(try Fixtures.open(folder.path).version.count == 40)
    #expect(!folder.files.contains { $0.hasPrefix(".") })
  }

  @Test func aCrashBetweenTheRenamesGivesTheNewPair() throws {
    let (folder, replacement) = try prepared()
    try folder.write(Array("index.faiss\nindex.pkl".utf8), to: ".index.fathom-save")
    #expect(rename(replacement.newPath("index.faiss"), "\(folder.path)/index.faiss") == 0)
    let opened = try Fixtures.open(folder.path)
    #expect(opened.version.count == 40)
    #expect(opened.problems.isEmpty)
  }

  @Test func aRecordThatNamesOtherFilesIsNotFollowed() throws {
    let (folder, _) = try prepared()
    try folder.write(Array("../../etc/passwd".utf8), to: ".index.fathom-save")
    #expect(throws: StoreFormatError.self) { try Fixtures.open(folder.path) }
  }

  @Test func aFolderThatCannotBeWrittenKeepsItsPair() throws {
    let (folder, replacement) = try prepared()
    unlink(replacement.newPath("index.pkl"))
    // Without the second new file there is nothing whole to install.
    #expect(throws: StoreFormatError.self) { try replacement.commit() }
    #expect(try Fixtures.open(folder.path).version.count == 1)
  }
}
