import CScan
import Foundation
import SearchCases
import Testing

@testable import VectorStore

/// Byte codes in the cache: the same answers as without them, whatever becomes of the file.
@Suite final class KeptCodesTests {
  private static let count = 40_000
  private static let dimension = 32
  private let folder = NSTemporaryDirectory() + "fathom-codes-\(UUID().uuidString)/stores"
  private let values: [Float]

  init() {
    var numbers = SeededNumbers(11)
    values = (0..<Self.count * Self.dimension).map { _ in Float.random(in: -1...1, using: &numbers) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.parentFolder) }

  private func cache(_ key: String = "files", bound: Int = 1 << 30) -> StoreCache {
    StoreCache(folder: folder, place: "store", key: key, bound: bound)
  }

  private func store(_ cache: StoreCache?) -> StoreVersion {
    let documents = (0..<Self.count).map { Document(id: DocumentID("\($0)"), content: "") }
    return StoreVersion(
      dimension: Self.dimension, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors(values, dimension: Self.dimension), documents: DocumentArray(documents),
          origin: .file, cache: cache)
      ])
  }

  private var path: String? {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.first.map { "\(folder)/\($0)" }
  }

  private var query: [Float] { Array(values[..<Self.dimension]) }

  /// The answers of a store whose codes are there; those of the first search, which has none.
  private func answers(_ version: StoreVersion) async throws -> (plain: [ScoredRow], coded: [ScoredRow]) {
    let plain = try await version.search(query, k: 20)
    await version.parts[0].segment.codes.settled()
    #expect(version.parts[0].segment.codes.whenMade() != nil)
    let coded = try await version.search(query, k: 20)
    #expect(version.parts[0].segment.codes.whenMade() != nil, "the search has believed them")
    return (plain, coded)
  }

  @Test func theNextTimeTheyAreReadAndNotMade() async throws {
    #expect(ByteCodes(of: store(nil).parts[0].segment.vectors, keptIn: cache()) == nil)
    let first = try await answers(store(cache()))
    #expect(first.plain == first.coded)
    let path = try #require(path)
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let again = try await answers(store(cache()))
    #expect(again.coded == first.plain)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    #expect((Self.count * (Self.dimension + 12)..<Self.count * (Self.dimension + 16)).contains(size))
  }

  @Test func anotherProgramThatReadsThemDisturbsNobody() async throws {
    let version = store(cache())
    let before = try await answers(version)
    let other = try await answers(store(cache()))
    #expect(try await version.search(query, k: 20) == before.plain)
    #expect(version.parts[0].segment.codes.whenMade() != nil && other.coded == before.coded)
  }

  @Test func thoseOfOtherFilesAreMadeAnew() async throws {
    _ = try await answers(store(cache()))
    let other = try await answers(store(cache("written since")))
    #expect(other.plain == other.coded)
    #expect(ByteCodes(of: store(nil).parts[0].segment.vectors, keptIn: cache("written since")) != nil)
  }

  @Test func whereNothingCanBeKeptTheyAreInMemory() async throws {
    let answers = try await answers(store(cache(bound: 1000)))
    #expect(answers.plain == answers.coded)
    #expect(path == nil)
  }

  @Test(arguments: [0, 1 << 20]) func aFileThatIsWrittenIntoOrCutIsNotBelieved(length: Int) async throws {
    let version = store(cache())
    let before = try await answers(version)
    let path = try #require(path)
    if length == 0 {
      // Other codes in the place of these, as if every row were elsewhere.
      let file = try #require(fopen(path, "r+"))
      fseek(file, 100_000, SEEK_SET)
      fwrite([UInt8](repeating: 255, count: 1 << 20), 1, 1 << 20, file)
      fclose(file)
    } else {
      truncate(path, off_t(length))
    }
    #expect(try await version.search(query, k: 20) == before.plain)
    // They are made anew.
    let after = try await answers(version)
    #expect(after.coded == before.plain)
    let panels = try await PanelSet(version, mask: nil, mostRows: 100, path: cscan_best_codes_path())
    #expect(try panels.panel(0, .squaredL2, width: Self.dimension) != nil)
  }

  @Test func aPassOverPairsSaysSoWhenTheirFileChanges() async throws {
    let version = store(cache())
    _ = try await answers(version)
    let panels = try await PanelSet(version, mask: nil, mostRows: 100, path: cscan_best_codes_path())
    truncate(try #require(path), 100_000)
    #expect(throws: VectorStoreError.self) {
      try panels.panel(panels.places.count - 1, .squaredL2, width: Self.dimension)
    }
    // Asked again, it has codes that were made anew.
    let again = try await PanelSet(version, mask: nil, mostRows: 100, path: cscan_best_codes_path())
    #expect(try again.panel(again.places.count - 1, .squaredL2, width: Self.dimension) != nil)
  }

  @Test func cancellingKeepsNothing() async throws {
    let vectors = store(nil).parts[0].segment.vectors
    let cache = cache()
    let making = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await ByteCodes.keep(vectors, in: cache)
    }
    await #expect(throws: CancellationError.self) { _ = try await making.value }
    #expect(path == nil)
  }
}
