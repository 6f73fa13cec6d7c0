import Foundation
import Testing

@testable import Faiss

private func index(_ type: String) throws -> FaissIndex {
  try IndexFixtures.bytes(type).withUnsafeBytes { try FaissIndex.read($0) }
}

private func rows(_ all: [Float], _ positions: [Int]) -> [Float] {
  positions.flatMap { all[$0 * 16..<($0 + 1) * 16] }
}

/// Whether two matrices hold the same vectors.
///
/// A rotation is undone by BLAS, for all rows at once: where a row lies changes its last digits on some processors.
private func same(_ some: [Float], _ others: [Float], type: String) -> Bool {
  guard type.hasPrefix("opq") else { return some == others }
  return some.count == others.count && zip(some, others).allSatisfy { abs($0 - $1) <= 1e-6 }
}

@Suite struct FaissIndexEditTests {
  private static let kept = (0..<300).filter { !$0.isMultiple(of: 7) && $0 != 299 }

  /// For each type that can lose rows: 19 fixtures, all of them.
  @Test(arguments: IndexFixtures.types) func rowsThatStayMoveUpWithTheirVectors(type: String) throws {
    let before = try index(type)
    #expect(before.supports(.remove))
    let after = try before.removing { Self.kept.contains($0) }
    #expect(after.count == Self.kept.count)
    #expect(after.className == before.className)
    #expect(try same(after.reconstructAll(), rows(before.reconstructAll(), Self.kept), type: type))
  }

  @Test(arguments: IndexFixtures.types) func whatIsLeftIsASoundFileOfTheSameType(type: String) throws {
    let before = try inspect(IndexFixtures.bytes(type))
    let bytes = try index(type).removing { Self.kept.contains($0) }.serialized()
    let after = try inspect(bytes)
    #expect(after.typeName == before.typeName)
    #expect(after.parameters == before.parameters)
    #expect(after.count == Self.kept.count)
  }

  @Test(arguments: IndexFixtures.types) func aSearchAfterwardsFindsTheSameRowsUnderTheirNewNumbers(
    type: String
  ) throws {
    let before = try index(type)
    let after = try before.removing { Self.kept.contains($0) }
    let query = try index("flat_l2").reconstruct(100).map { $0 * 0.9 }
    // All rows of both: a graph built anew may find others among its first few.
    let old = try before.search(query, k: 300)
    let new = try after.search(query, k: 300)
    let position = before.labels.map { Dictionary(zip($0, 0...), uniquingKeysWith: { first, _ in first }) }
    let left = zip(old.labels, old.distances).filter { $0.0 >= 0 }
      .map { (position?[$0.0] ?? $0.0, $0.1) }.filter { Self.kept.contains($0.0) }
    let expected = left.map { before.labels?[$0.0] ?? Self.kept.firstIndex(of: $0.0) ?? -1 }
    let found = zip(new.labels, new.distances).filter { $0.0 >= 0 }
    if type.hasPrefix("hnsw") {
      #expect(found.first?.0 == expected.first)
      #expect(Set(found.prefix(20).map(\.0)).intersection(expected.prefix(20)).count >= 15)
    } else {
      // Equal scores have no order of their own.
      #expect(Set(found.map(\.0)) == Set(expected))
      #expect(zip(found.map(\.1), left.map(\.1)).allSatisfy { abs($0 - $1) <= 1e-4 * max(1, abs($1)) })
    }
  }

  @Test(arguments: ["idmap_flat", "idmap2_flat"]) func anIDMapKeepsTheLabelsOfItsRows(type: String) throws {
    let after = try index(type).removing { Self.kept.contains($0) }
    #expect(after.labels == Self.kept.map { 1000 + $0 })
  }

  @Test func invertedListsAreNumberedByRowAgain() throws {
    for type in ["ivf_flat_nprobe1", "ivf_flat_directmap_hash", "ivf_pq4fs", "ivf_sq8"] {
      #expect(try index(type).removing { Self.kept.contains($0) }.labels == nil)
    }
  }

  @Test func aDirectMapIsBuiltAgain() throws {
    // Without it LangChain could not read vectors back.
    let before = try index("ivf_flat_directmap_hash")
    let after = try before.removing { Self.kept.contains($0) }
    #expect(try after.reconstruct(label: 3) == before.reconstruct(Self.kept[3]))
  }

  @Test(arguments: IndexFixtures.types) func removingEverythingLeavesAnEmptyIndexToAddTo(type: String) throws
  {
    let empty = try index(type).removing { _ in false }
    #expect(empty.count == 0)
    #expect(try inspect(empty.serialized()).count == 0)
    let row = try index("flat_l2").reconstruct(9)
    let one = try empty.adding(row)
    #expect(one.count == 1)
    #expect(try one.search(row, k: 1).labels == [0])
  }

  @Test(arguments: IndexFixtures.types) func rowsAreAddedAtTheEnd(type: String) throws {
    let before = try index(type)
    let added = try index("flat_l2").removing { $0 == 4 || $0 == 5 }.reconstructAll()
    let after = try before.adding(added)
    #expect(after.count == 302)
    let all = try after.reconstructAll()
    #expect(try same(Array(all.prefix(300 * 16)), before.reconstructAll(), type: type))
    // The rows that came are encoded as their equals were.
    if type != "flat_cosine_by_ip_normalized" {
      #expect(same(Array(all.suffix(32)), Array(all[4 * 16..<6 * 16]), type: type))
    }
    #expect(try inspect(after.serialized()).count == 302)
  }

  @Test func anIDMapNumbersOnOrTakesLabels() throws {
    let row = [Float](repeating: 0.5, count: 16)
    #expect(try index("idmap_flat").adding(row + row).labels?.suffix(3) == [1299, 1300, 1301])
    let labelled = try index("idmap2_flat").adding(row + row, labels: [5, -7])
    #expect(labelled.labels?.suffix(2) == [5, -7])
    #expect(try labelled.reconstruct(label: -7) == row)
  }

  @Test(arguments: ["ivf_flat_nprobe1", "ivf_hnsw_quantizer", "ivf_pq4fs"], [1, 25])
  func rowsThatFitNoListAreRefused(type: String, count: Int) throws {
    let error = #expect(throws: FaissError.self) {
      try index(type).adding([Float](repeating: .nan, count: 16 * count))
    }
    #expect(error?.code == .argument)
  }

  @Test func theOriginalStaysAsItWas() throws {
    let before = try index("ivf_sq8")
    let bytes = try before.serialized()
    _ = try before.removing { $0 > 10 }
    _ = try before.adding([Float](repeating: 1, count: 16))
    #expect(try before.serialized() == bytes)
  }
}
