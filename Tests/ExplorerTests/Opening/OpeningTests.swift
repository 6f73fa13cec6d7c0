import Explorer
import Foundation
import Testing
import VectorStore

/// Finding stores to open.
@Suite final class OpeningTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "opening-\(UUID().uuidString)")
  private let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("sample-data/foobar")

  init() throws { try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: root) }

  private func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  @Test func aFolderListsItsStoresBeforeItsFolders() throws {
    try FileManager.default.copyItem(at: sample, to: root.appendingPathComponent("store"))
    for name in ["a folder", ".hidden"] {
      try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }
    try "text".write(toFile: path("notes.txt"), atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(
      atPath: sample.appendingPathComponent("index.faiss").path, toPath: path("alone.faiss"))
    let listing = try FolderListing(folder: root.path)
    #expect(listing.entries.map(\.name) == ["alone.faiss", "store", "a folder"])
    #expect(listing.entries.map(\.kind) == [.store, .store, .folder])
  }

  @Test func whatIsNoFolderIsSaid() throws {
    #expect(throws: ExplorerError.self) { try FolderListing(folder: self.path("nowhere")) }
    try "text".write(toFile: path("file"), atomically: true, encoding: .utf8)
    let error = #expect(throws: ExplorerError.self) { try FolderListing(folder: self.path("file")) }
    #expect(error?.message.contains("this is a file, not a folder") == true)
  }

  @Test func aGlanceSaysRowsAndDimensionWithoutOpening() throws {
    let glance = try StoreGlance(of: sample.path)
    #expect(glance.rows == 8 && glance.dimension == 256 && glance.indexType == "flat L2")
    #expect(glance.bytes > 500 && glance.modified != nil)
  }

  @Test func aGlanceAtADamagedIndexSaysSo() throws {
    try FileManager.default.copyItem(at: sample, to: root.appendingPathComponent("store"))
    try Data("IxF2".utf8).write(to: root.appendingPathComponent("store/index.faiss"))
    let glance = try StoreGlance(of: path("store"))
    #expect(glance.rows == nil && glance.problem != nil)
    #expect(glance.facts(bytes: { "\($0)" }, number: { "\($0)" }) == "cannot be opened")
  }

  @Test func storesOpenedLastComeFirstAndThoseGoneAreLeftOut() throws {
    let folders = UserFolders(environment: ["XDG_STATE_HOME": path("state")])
    for name in ["one", "two", "three"] {
      try FileManager.default.copyItem(at: sample, to: root.appendingPathComponent(name))
      try RecentStores(folders).remember(path(name))
    }
    try RecentStores(folders).remember(path("one"))
    try FileManager.default.removeItem(atPath: path("two"))
    let names = RecentStores(folders).paths().map { ($0 as NSString).lastPathComponent }
    #expect(names == ["one", "three"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path("state/fathom/recent.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }
}
