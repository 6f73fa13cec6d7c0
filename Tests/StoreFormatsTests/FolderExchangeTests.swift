import CFiles
import Foundation
import Synchronization
import Testing
import VectorStore

@testable import StoreFormats

/// Several files change at one moment where the folder can be exchanged.
struct FolderExchangeTests {
  private let outer: TemporaryFolder
  /// A folder inside another of its own, so that a twin beside it would be seen.
  private let path: String

  init() throws {
    outer = try TemporaryFolder()
    path = "\(outer.path)/store"
    try FileManager.default.copyItem(
      atPath: Fixtures.path("stores/langchain-community-0.4.2/one_doc"), toPath: path)
  }

  private func inode(_ path: String) -> UInt64 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_ino) : 0
  }

  private func save(_ path: String, holding lock: FolderLock? = nil) throws -> StoreWriter.Report {
    let opened = try Fixtures.open(path)
    return try StoreWriter(opened.location).write(opened.version, holding: lock)
  }

  @Test func aSaveExchangesTheFolderAndLeavesNoTwin() throws {
    let before = inode(path)
    let report = try save(path)
    #expect(inode(path) != before)
    #expect(outer.files == ["store"])
    #expect(report.backups == ["\(path)/index.faiss.bak", "\(path)/index.pkl.bak"])
    #expect(try Fixtures.open(path).version.count == 1)
  }

  @Test func aFolderIsRecognizedWhileItIsExchanged() async throws {
    let path = path
    let twin = "\(outer.path)/twin"
    let isDone = Mutex(false)
    let reader = Task.detached {
      defer { isDone.withLock { $0 = true } }
      var found: Set<StoreLocation> = []
      for _ in 0..<10_000 {
        found.insert(try StoreLocation(path: path))
        found.insert(try StoreLocation(path: "\(path)/index.faiss"))
      }
      return found
    }
    // What a save does at its end and nothing else, so that the moment that matters comes often.
    while !isDone.withLock({ $0 }) {
      #expect(mkdir(twin, 0o700) == 0)
      for name in ["index.faiss", "index.pkl"] { #expect(link("\(path)/\(name)", "\(twin)/\(name)") == 0) }
      #expect(cfiles_exchange(path, twin) == 0)
      for name in try FileManager.default.contentsOfDirectory(atPath: twin) {
        #expect(unlink("\(twin)/\(name)") == 0)
      }
      #expect(rmdir(twin) == 0)
      await Task.yield()
    }
    let found = try await reader.value
    #expect(found == [.folder(path: path, name: "index")])
  }

  @Test func onlyTheFilesOfTheLastSaveAreKeptAsBackups() throws {
    _ = try save(path)
    let before = try Data(contentsOf: URL(filePath: "\(path)/index.pkl"))
    _ = try save(path)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        == ["expected.json", "index.faiss", "index.faiss.bak", "index.pkl", "index.pkl.bak"])
    #expect(try Data(contentsOf: URL(filePath: "\(path)/index.pkl.bak")) == before)
  }

  @Test func otherFilesAndPermissionsStay() throws {
    try Data("mine".utf8).write(to: URL(filePath: "\(path)/notes.txt"))
    #expect(symlink("notes.txt", "\(path)/link") == 0)
    #expect(chmod(path, 0o750) == 0)
    let notes = inode("\(path)/notes.txt")
    _ = try save(path)
    #expect(inode("\(path)/notes.txt") == notes)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/link") == "notes.txt")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o750)
  }

  @Test func aFolderWithFoldersInItIsLeftInPlace() throws {
    #expect(mkdir("\(path)/inner", 0o755) == 0)
    let before = inode(path)
    _ = try save(path)
    #expect(inode(path) == before)
    #expect(outer.files == ["store"])
    #expect(try Fixtures.open(path).version.count == 1)
  }

  @Test func aFolderThatAProcessWorksInIsLeftInPlace() throws {
    let worker = Process()
    worker.executableURL = URL(filePath: "/usr/bin/cat")
    worker.currentDirectoryURL = URL(filePath: path)
    let input = Pipe()
    worker.standardInput = input
    try worker.run()
    defer { worker.terminate() }
    let before = inode(path)
    _ = try save(path)
    #expect(inode(path) == before)
  }

  @Test func aLinkToTheFolderGoesOnToLeadToIt() throws {
    #expect(symlink("store", "\(outer.path)/link") == 0)
    _ = try save("\(outer.path)/link")
    #expect(outer.files == ["link", "store"])
    #expect(FileManager.default.fileExists(atPath: "\(path)/index.pkl.bak"))
  }

  @Test func theLockGoesOverToTheNewFolder() async throws {
    let location = StoreLocation.folder(path: path, name: "index")
    do {
      let lock = try await FolderLock.acquire(location)
      _ = try save(path, holding: lock)
      #expect(FolderLock.attempt(path) == nil)
      withExtendedLifetime(lock) {}
    }
    #expect(FolderLock.attempt(path) != nil)
  }

  @Test func aLockOfAFolderThatWasExchangedIsNone() async throws {
    let location = StoreLocation.folder(path: path, name: "index")
    let lock = try await FolderLock.acquire(location)
    async let waiting = FolderLock.acquire(location, waiting: .seconds(30))
    _ = try save(path, holding: lock)
    #expect(FolderLock.attempt(path) == nil)
    _ = consume lock
    let next = try await waiting
    #expect(FolderLock.attempt(path) == nil)
    withExtendedLifetime(next) {}
  }

  @Test func theTwinOfACrashGoesAwayAndNothingInItIsLost() throws {
    let twin = "\(outer.path)/.store.fathom-twin"
    #expect(mkdir(twin, 0o755) == 0)
    #expect(link("\(path)/index.faiss", "\(twin)/index.faiss") == 0)
    try Data("new".utf8).write(to: URL(filePath: "\(twin)/notes.txt"))
    try Data("other".utf8).write(to: URL(filePath: "\(twin)/index.pkl"))
    #expect(try Fixtures.open(path).version.count == 1)
    #expect(outer.files == ["store"])
    #expect(try String(contentsOfFile: "\(path)/notes.txt", encoding: .utf8) == "new")
    #expect(try String(contentsOfFile: "\(path)/index.pkl.interrupted", encoding: .utf8) == "other")
  }

  @Test func copiesInATwinAreNotKeptTwice() throws {
    let twin = "\(outer.path)/.store.fathom-twin"
    try FileManager.default.copyItem(atPath: path, toPath: twin)
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(try Fixtures.open(path).version.count == 1)
    #expect(outer.files == ["store"])
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: path)) == Set(files))
  }

  @Test func aTwinNeverMakesAStore() throws {
    let twin = "\(outer.path)/.store.fathom-twin"
    #expect(rename(path, twin) == 0)
    #expect(mkdir(path, 0o755) == 0)
    FileReplacement(.folder(path: path, name: "index")).clearTwin()
    #expect(!StoreLocation.folder(path: path, name: "index").exists)
    #expect(FileManager.default.fileExists(atPath: "\(path)/index.pkl.interrupted"))
  }

  @Test func theTwinOfAReadOnlyFolderDisturbsNoReader() throws {
    #expect(mkdir("\(outer.path)/.store.fathom-twin", 0o755) == 0)
    #expect(chmod(outer.path, 0o555) == 0)
    defer { chmod(outer.path, 0o755) }
    #expect(try Fixtures.open(path).version.count == 1)
  }
}
