import Foundation
import Testing
import VectorStore

@Suite struct FolderTests {
  @Test func everyNameIsListedAndNothingElse() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Folder.create(folder)
    #expect(try Folder.names(in: folder).isEmpty)
    let names = ["index.faiss", ".hidden", "naïve 漢字"]
    for name in names { try Data().write(to: URL(filePath: "\(folder)/\(name)")) }
    #expect(try Set(Folder.names(in: folder)) == Set(names))
  }

  @Test func aFolderThatIsNotThereIsNamedWithTheReason() {
    let error = #expect(throws: VectorStoreError.self) { try Folder.names(in: "/no/such/folder") }
    #expect(error?.message.contains("cannot list /no/such/folder") == true)
  }
}
