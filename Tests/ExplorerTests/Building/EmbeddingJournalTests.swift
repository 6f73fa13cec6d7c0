import Foundation
import Testing

@testable import Explorer

@Suite struct EmbeddingJournalTests {
  private let folder = NSTemporaryDirectory() + "fathom-journal-\(UUID().uuidString)"

  private func open(_ build: String = "store\nminilm", dimension: Int = 3) -> EmbeddingJournal {
    .open(folder: folder, build: build, dimension: dimension)
  }

  /// Writes two vectors and gives the journal's file.
  private func written() -> String {
    var journal = open()
    journal.append([EmbeddingJournal.key("a"), EmbeddingJournal.key("b")], [1, 2, 3, .nan, 5, -0.0])
    return journal.path
  }

  @Test func vectorsAreThereNextTime() {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = written()
    let journal = open()
    #expect(journal.vectors.count == 2)
    #expect(journal.vectors[EmbeddingJournal.key("a")] == [1, 2, 3])
    #expect(journal.vectors[EmbeddingJournal.key("b")]?[0].isNaN == true)
    #expect(journal.vectors[EmbeddingJournal.key("c")] == nil)
  }

  @Test func aTornRecordIsAsGoodAsNoneAndTheNextOneFollows() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = written()
    let whole = try Data(contentsOf: URL(filePath: path))
    for cut in [1, 10, 30] {
      try whole.dropLast(cut).write(to: URL(filePath: path))
      var journal = open()
      #expect(journal.vectors.count == 1)
      journal.append([EmbeddingJournal.key("c")], [7, 8, 9])
      #expect(open().vectors[EmbeddingJournal.key("c")] == [7, 8, 9])
    }
  }

  @Test func aDamagedRecordIsNotBelieved() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = written()
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count - 12] ^= 1
    try bytes.write(to: URL(filePath: path))
    #expect(open().vectors.count == 1)
  }

  @Test func anotherBuildOrDimensionStartsAfresh() {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = written()
    #expect(open("store\nopenai").vectors.isEmpty)
    #expect(open(dimension: 6).vectors.isEmpty)
  }

  @Test func whatIsDoneIsDiscarded() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = written()
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func whereNothingCanBeWrittenVectorsStayInMemory() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(filePath: folder))
    var journal = open()
    #expect(journal.failure == nil)
    journal.append([EmbeddingJournal.key("a")], [1, 2, 3])
    #expect(journal.failure?.code == .cannotWrite)
    #expect(journal.vectors[EmbeddingJournal.key("a")] == [1, 2, 3])
  }
}
