import Foundation
import Testing

@testable import Faiss

@Test(arguments: IndexFixtures.types)
func everyTruncationIsRefused(type: String) throws {
  let bytes = try IndexFixtures.bytes(type)
  // Every length near both ends, where the fields stand, and many between them.
  let lengths =
    Array(0..<min(400, bytes.count)) + stride(from: 400, to: bytes.count, by: 61)
    + (bytes.count - 120..<bytes.count)
  bytes.withUnsafeBytes { raw in
    for length in lengths {
      #expect(throws: FaissError.self) { try FaissFile.inspect(.init(rebasing: raw[..<length])) }
    }
  }
}

@Test(arguments: IndexFixtures.types)
func randomDamageNeverEndsTheProcess(type: String) throws {
  let original = try IndexFixtures.bytes(type)
  var random = SeededGenerator(state: UInt64(original.count))
  var refused = 0
  for round in 0..<1500 {
    var bytes = original
    // Fields stand at the front; damage there more often than in the vectors.
    let region = round.isMultiple(of: 2) ? min(300, bytes.count) : bytes.count
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      let place = Int.random(in: 0..<region, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[place] = .random(in: 0...255, using: &random)
      default:
        bytes.replaceSubrange(
          place..<min(place + 8, bytes.count), with: repeatElement(0xff, count: min(8, bytes.count - place)))
      }
    }
    do { _ = try inspect(bytes) } catch is FaissError { refused += 1 }
  }
  #expect(refused > 100)
}

struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// The outcome that a hostile fixture expects.
private struct HostileCase: Decodable {
  struct Expectation: Decodable { let outcome: String }
  let expect: Expectation
}

@Test(arguments: [
  "binary_index", "d_negative", "d_zero", "empty", "hnsw_entry_oob", "hnsw_neighbor_negative",
  "hnsw_neighbor_oob",
  "html", "ivf_nlist_2e50", "ivf_truncated", "ntotal_2e60", "overflow_mult", "pq_m_huge", "pq_nbits0",
  "pq_nbits63",
  "pretransform_2e31_chain", "trailing", "trunc_1", "trunc_20", "trunc_36", "trunc_37",
])
func hostileFilesEndAsExpected(name: String) throws {
  let folder = IndexFixtures.folder.appending(path: "stores/hostile/faiss_\(name)")
  let expected = try JSONDecoder().decode(
    HostileCase.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "index.faiss")))
  if expected.expect.outcome == "open" {
    _ = try inspect(bytes)
  } else {
    #expect(throws: FaissError.self) { try inspect(bytes) }
  }
}
