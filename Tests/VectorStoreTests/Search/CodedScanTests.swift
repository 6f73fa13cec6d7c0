import CScan
import Foundation
import SearchCases
import Testing

@testable import VectorStore

@Suite struct CodedScanTests {
  /// Random stores and queries of every kind; `make property-test` tries 10,000.
  @Test(arguments: 0..<2 as Range<UInt64>) func theAnswerIsThatOfAPlainScan(lane: UInt64) async throws {
    for seed in stride(from: lane, to: 60, by: 2) {
      #expect(try await ScanCase.failure(seed: seed) == nil, "seed \(seed)")
    }
  }

  @Test(.enabled(if: ScanCase.paths.contains(CSCAN_AVX512), "no AVX-512 VNNI here: not tested"))
  func theKernelsOfAVX512AnswerThatToo() async throws {
    #expect(try await ScanCase.failure(seed: 1) == nil)
  }

  @Test func rowsThatLieApartAreScoredAlone() async throws {
    var numbers = SeededNumbers(1)
    let version = Self.version(
      (0..<8192 * 32).map { _ in Float.random(in: -1...1, using: &numbers) }, dimension: 32)
    let part = version.parts[0]
    let codes = try await ByteCodes(encoding: part.segment.vectors)
    let scan = try #require(CodedScan(query: try version.vector(atRow: 100), metric: .squaredL2, k: 10))
    let found = try #require(try await scan.nearest(in: part, selected: part.live, codes: codes))
    #expect(found.scored < 40)
  }

  @Test func whereEveryRowCanBeNearestAPlainScanIsAskedFor() async throws {
    let version = Self.version([Float](repeating: 1, count: 8192 * 32), dimension: 32)
    let part = version.parts[0]
    let codes = try await ByteCodes(encoding: part.segment.vectors)
    let query = [Float](repeating: 0.5, count: 32)
    let scan = try #require(CodedScan(query: query, metric: .squaredL2, k: 10))
    #expect(try await scan.nearest(in: part, selected: part.live, codes: codes) == nil)
    let insisting = try await scan.nearest(in: part, selected: part.live, codes: codes, insists: true)
    #expect(insisting?.scored == 8192)
  }

  @Test func aLongSearchMakesCodesThatAllVersionsOfTheSegmentShare() async throws {
    var numbers = SeededNumbers(2)
    let count = 40_000
    let dimension = 32
    let version = Self.version(
      (0..<count * dimension).map { _ in Float(Int.random(in: -3...3, using: &numbers)) },
      dimension: dimension)
    let query = try version.vector(atRow: 7)
    let plain = try await version.search(query, k: 20)
    await version.parts[0].segment.codes.settled()
    #expect(version.parts[0].segment.codes.whenMade() != nil)
    #expect(try await version.search(query, k: 20) == plain)

    let store = VectorStore(version)
    try await store.delete([DocumentID("7"), DocumentID("\(plain[1].row)")])
    let edited = await store.current
    #expect(edited.parts[0].segment.codes === version.parts[0].segment.codes)
    let expected = try await ExactScan(query: query, metric: .squaredL2, k: 20)
      .nearest(in: edited.parts[0], selected: edited.parts[0].live)
    #expect(try await edited.search(query, k: 20) == expected.sorted)
    let mask = try edited.mask { Int($0.id.text).map { $0 % 3 == 0 } ?? false }
    let masked = try await ExactScan(query: query, metric: .squaredL2, k: 20)
      .nearest(in: edited.parts[0], selected: mask.sets[0])
    #expect(try await edited.search(query, k: 20, mask: mask) == masked.sorted)
  }

  @Test func aSmallStoreGetsNoCodes() async throws {
    let version = Self.version([Float](repeating: 1, count: 64_000), dimension: 32)
    _ = try await version.search([Float](repeating: 0, count: 32), k: 3)
    #expect(!version.parts[0].segment.codes.pay(selected: version.count, k: 3))
  }

  @Test func codesOfAFileThatWasWrittenSinceAnswerNothing() async throws {
    let path = NSTemporaryDirectory() + "fathom-coded-\(UUID().uuidString)"
    defer { unlink(path) }
    var numbers = SeededNumbers(3)
    let values = (0..<5000 * 8).map { _ in Float.random(in: -1...1, using: &numbers) }
    try values.withUnsafeBytes { try Data($0).write(to: URL(filePath: path)) }
    let vectors = Vectors(mapped: try MappedFile(path: path), offset: 0, count: 5000, dimension: 8)
    let version = StoreVersion(
      dimension: 8, metric: .squaredL2,
      segments: [Segment(vectors: vectors, documents: Self.documents(5000), origin: .file)])
    let part = version.parts[0]
    let codes = try await ByteCodes(encoding: vectors)
    let scan = try #require(CodedScan(query: Array(values[0..<8]), metric: .squaredL2, k: 2))
    let before = try await scan.nearest(in: part, selected: part.live, codes: codes)
    #expect(before?.best.sorted.first == ScoredRow(row: 0, score: 0))

    let file = try #require(fopen(path, "r+"))
    fputs("other", file)
    fclose(file)
    let search = await #expect(throws: VectorStoreError.self) {
      try await scan.nearest(in: part, selected: part.live, codes: codes)
    }
    #expect(search?.code == .file)
    let encoding = await #expect(throws: VectorStoreError.self) { _ = try await ByteCodes(encoding: vectors) }
    #expect(encoding?.code == .file)
  }

  @Test func cancellingEndsTheScanAndTheMakingOfCodes() async throws {
    let version = Self.version([Float](repeating: 1, count: 5000 * 8), dimension: 8)
    let part = version.parts[0]
    let codes = try await ByteCodes(encoding: part.segment.vectors)
    let scan = try #require(CodedScan(query: [Float](repeating: 0, count: 8), metric: .squaredL2, k: 2))
    let searching = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await scan.nearest(in: part, selected: part.live, codes: codes)
    }
    await #expect(throws: CancellationError.self) { try await searching.value }
    let making = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await ByteCodes(encoding: part.segment.vectors)
    }
    await #expect(throws: CancellationError.self) { _ = try await making.value }
  }

  private static func documents(_ count: Int) -> [Document] {
    (0..<count).map { Document(id: DocumentID("\($0)"), content: "") }
  }

  private static func version(_ values: [Float], dimension: Int) -> StoreVersion {
    StoreVersion(
      dimension: dimension, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors(values, dimension: dimension), documents: documents(values.count / dimension),
          origin: .file)
      ])
  }
}
