import Foundation
import Testing

@testable import VectorStore

/// What other programs do to a file that is mapped.
@Suite struct MappedFileTests {
  private let path = NSTemporaryDirectory() + "fathom-mapped-\(UUID().uuidString)"

  /// 10,000 vectors of two dimensions, all (1, 1).
  private func vectors() throws -> Vectors {
    let values = [Float](repeating: 1, count: 20_000)
    try values.withUnsafeBytes { try Data($0).write(to: URL(filePath: path)) }
    return Vectors(mapped: try MappedFile(path: path), offset: 0, count: 10_000, dimension: 2)
  }

  @Test func aFileOfAnotherNameIsReadOn() throws {
    let vectors = try vectors()
    #expect(rename(path, path + ".bak") == 0)
    defer { unlink(path + ".bak") }
    #expect(try vectors.row(9_999) == [1, 1])
  }

  @Test func aFileThatWasWrittenInPlaceIsNotReadOn() throws {
    let vectors = try vectors()
    defer { unlink(path) }
    let file = try #require(fopen(path, "r+"))
    fputs("other", file)
    fclose(file)
    let error = #expect(throws: VectorStoreError.self) { try vectors.row(0) }
    #expect(error?.code == .file)
    #expect(error?.message.contains("another program") == true)
  }

  @Test func aFileThatWasCutShortEndsNothing() throws {
    let vectors = try vectors()
    defer { unlink(path) }
    let error = #expect(throws: VectorStoreError.self) {
      try vectors.withRows { rows throws(VectorStoreError) in
        // As if it happened in the middle of a scan.
        truncate(path, 0)
        #expect(rows.loadUnaligned(fromByteOffset: 79_996, as: Float.self) == 0)
      }
    }
    #expect(error?.code == .file)
  }
}
