import Foundation
import Testing

@testable import Explorer

@Suite struct EmbedderMemoryTests {
  private let folder = NSTemporaryDirectory() + "fathom-memory-\(UUID().uuidString)"
  private var memory: EmbedderMemory { EmbedderMemory(UserFolders(environment: ["XDG_STATE_HOME": folder])) }

  @Test func whatWorkedIsThereNextTime() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 384) == nil)
    try memory.remember(.hashing, forStoreAt: "/a/store", dimension: 384)
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 384) == .hashing)
    #expect(memory.embedder(ofStoreAt: "/a/other", dimension: 384) == nil)
    try memory.remember(nil, forStoreAt: "/a/store", dimension: 384)
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 384) == nil)
  }

  @Test func anotherIndexInTheSameFolderInheritsNothing() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try memory.remember(.hashing, forStoreAt: "/a/store", dimension: 384)
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 768) == nil)
  }

  @Test func onlyItsOwnerReadsTheFile() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try memory.remember(.hashing, forStoreAt: "/a/store", dimension: 384)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/fathom/embedders.json")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aDamagedFileIsAsGoodAsNone() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try memory.remember(.hashing, forStoreAt: "/a/store", dimension: 384)
    try "{".write(toFile: "\(folder)/fathom/embedders.json", atomically: true, encoding: .utf8)
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 384) == nil)
    try memory.remember(.hashing, forStoreAt: "/a/store", dimension: 384)
    #expect(memory.embedder(ofStoreAt: "/a/store", dimension: 384) == .hashing)
  }
}
