import Foundation
import Testing
import VectorStore

@testable import StoreFormats

/// A crash at any moment of a save leaves the old pair or the new pair for Fathom.
struct FileReplacementTests {
  private let files = ["index.faiss", "index.pkl"]

  /// A folder with an old pair and a new one written but not renamed.
  private func prepared() throws -> (TemporaryFolder, FileReplacement) {
    let folder = try TemporaryFolder(copyOf: "stores/langchain-community-0.4.2/one_doc")
    let replacement = FileReplacement(.folder(path: folder.path, name: "index"))
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
    let (folder, replacement) = try prepared()
    try replacement.writeRecord()
    #expect(try Fixtures.open(folder.path).version.count == 40)
    #expect(!folder.files.contains { $0.hasPrefix(".") })
  }

  @Test func aCrashBetweenTheRenamesGivesTheNewPair() throws {
    let (folder, replacement) = try prepared()
    try replacement.writeRecord()
    #expect(rename(replacement.newPath("index.faiss"), "\(folder.path)/index.faiss") == 0)
    let opened = try Fixtures.open(folder.path)
    #expect(opened.version.count == 40)
    #expect(opened.problems.isEmpty)
  }

  @Test func aCrashInTheFirstSaveOfANewStoreGivesTheNewPair() throws {
    let (folder, replacement) = try prepared()
    for file in files { unlink("\(folder.path)/\(file)") }
    try replacement.writeRecord()
    #expect(rename(replacement.newPath("index.faiss"), "\(folder.path)/index.faiss") == 0)
    #expect(StoreLocation.folder(path: folder.path, name: "index").exists)
    #expect(try Fixtures.open(folder.path).version.count == 40)
  }

  @Test func aRecordThatWasBeingWrittenIsNone() throws {
    let (folder, _) = try prepared()
    try folder.write([], to: ".index.fathom-save.new")
    #expect(try Fixtures.open(folder.path).version.count == 1)
  }

  @Test func filesThatAnotherProgramWroteSinceAreNotReplaced() throws {
    let (folder, replacement) = try prepared()
    try replacement.writeRecord()
    let other = Fixtures.path("stores/langchain-community-0.4.2/texts")
    for file in files {
      try folder.write(try Data(contentsOf: URL(filePath: "\(other)/\(file)")), to: file)
    }
    let opened = try Fixtures.open(folder.path)
    #expect(Fixtures.documents(opened.version) == Fixtures.documents(try Fixtures.open(other).version))
    // What Fathom was about to write is kept where it can be seen.
    #expect(folder.files.filter { $0.hasSuffix(".interrupted") }.count == 2)
    #expect(!replacement.hasRecord)
  }

  @Test func backupsLeaveNoOtherFilesBehind() throws {
    let (folder, replacement) = try prepared()
    _ = try replacement.commit()
    // As after a crash between the backup and the renames: the backup is the store's own file.
    unlink("\(folder.path)/index.faiss.bak")
    #expect(link("\(folder.path)/index.faiss", "\(folder.path)/index.faiss.bak") == 0)
    let opened = try Fixtures.open(folder.path)
    _ = try StoreWriter(opened.location).write(opened.version)
    #expect(folder.files.filter { $0.contains("fathom") } == [])
  }

  /// A folder in the place of a file is what reading fails at for everybody, whatever the permissions.
  @Test func whatCannotBeReadNowIsNotTakenForAnotherState() throws {
    for unreadable in [".index.fathom-save", "index.pkl"] {
      let (folder, replacement) = try prepared()
      try replacement.writeRecord()
      #expect(rename(replacement.newPath("index.faiss"), "\(folder.path)/index.faiss") == 0)
      let path = "\(folder.path)/\(unreadable)"
      #expect(rename(path, path + ".away") == 0)
      #expect(mkdir(path, 0o700) == 0)
      #expect(throws: StoreFormatError.self) { try Fixtures.open(folder.path) }
      #expect(!folder.files.contains { $0.hasSuffix(".interrupted") })
      #expect(rmdir(path) == 0)
      #expect(rename(path + ".away", path) == 0)
      #expect(try Fixtures.open(folder.path).version.count == 40)
    }
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
