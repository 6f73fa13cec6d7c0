import CScan
import Foundation
import Testing

@testable import Faiss

/// What `expected.json` says about searching, editing and reading back.
private struct ExpectedAnswers: Decodable {
  struct Query: Decodable { let vector: [Float] }
  struct Search: Decodable {
    let op: String
    let q: Int?
    let k: Int?
    let fetch_k: Int?
    let filter: Presence?
    let score_threshold: Presence?
    let result: Hits?

    /// Nothing that LangChain does after faiss.
    var isPlain: Bool { op == "search_with_score" && filter == nil && score_threshold == nil }
  }
  /// Only whether it is there.
  struct Presence: Decodable {
    init(from decoder: any Decoder) throws {}
  }
  /// Pairs of id and score; empty when the result has another form.
  struct Hits: Decodable {
    var ids: [String] = []
    var scores: [Float] = []

    init(from decoder: any Decoder) throws {
      guard var list = try? decoder.unkeyedContainer() else { return }
      while !list.isAtEnd {
        guard var pair = try? list.nestedUnkeyedContainer(), let id = try? pair.decode(String.self),
          let score = try? pair.decode(Float.self)
        else { return }
        ids.append(id)
        scores.append(score)
      }
    }
  }
  let queries: [Query]
  let ops: [Search]
}

private func index(_ type: String) throws -> FaissIndex { try index(IndexFixtures.bytes(type)) }

private func index(_ bytes: [UInt8]) throws -> FaissIndex {
  try bytes.withUnsafeBytes { try FaissIndex.read($0) }
}

private func isNear(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= 1e-5 * max(abs(a), abs(b)) + 1e-6 }

@Suite struct FaissIndexTests {
  /// Without the 8-bit direct codes, for which 1.7.3 rounds the query too; the store scans those itself.
  static let comparable = IndexFixtures.types.filter { $0 != "sq_sq8_direct" }

  @Test(arguments: comparable) func searchesAnswerAsRecorded(type: String) throws {
    let folder = IndexFixtures.folder.appending(path: "index-types/\(type)")
    let expected = try JSONDecoder().decode(
      ExpectedAnswers.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    let index = try index(type)
    let first = index.labels?.first ?? 0
    var compared = 0
    for search in expected.ops where search.isPlain {
      guard let hits = search.result, let q = search.q, !hits.ids.isEmpty else { continue }
      let answer = try index.search(expected.queries[q].vector, k: search.k ?? 4)
      let found = zip(answer.labels, answer.distances).filter { $0.0 >= 0 }
      #expect(found.count == hits.ids.count)
      for (place, hit) in found.enumerated() where place < hits.ids.count {
        #expect(isNear(hit.1, hits.scores[place]), "\(type) query \(q) place \(place)")
        let isTie = [place - 1, place + 1].contains {
          hits.scores.indices.contains($0) && isNear(hits.scores[$0], hits.scores[place])
        }
        #expect(isTie || "id\(hit.0 - first)" == hits.ids[place], "\(type) query \(q) place \(place)")
      }
      compared += 1
    }
    #expect(compared >= 3)
  }

  @Test(arguments: IndexFixtures.types) func anIndexSaysWhatItsFileSays(type: String) throws {
    let file = try inspect(IndexFixtures.bytes(type))
    let index = try index(type)
    #expect(index.count == file.count)
    #expect(index.dimension == file.dimension)
    #expect(index.className == file.className)
    #expect(index.metricType == file.metricType)
    #expect((index.labels != nil) == file.hasOwnLabels)
    #expect(index.nprobe == file.parameters.first { $0.name == "nprobe" }?.value)
    #expect(index.efSearch == file.parameters.first { $0.name == "efSearch" }?.value)
  }

  @Test(arguments: [
    "flat_l2", "flat_lp", "hnsw_flat_l2", "ivf_flat_nprobe1", "idmap2_flat", "ivf_hnsw_quantizer",
  ])
  func vectorsComeBackAsTheyWereStored(type: String) throws {
    let rows = try index(type).reconstructAll()
    let flat = try IndexFixtures.bytes("flat_l2")
    let stored = (0..<300 * 16).map { place in
      flat.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 45 + 4 * place, as: Float.self) }
    }
    #expect(rows == stored)
    #expect(try index(type).reconstruct(17) == Array(stored[17 * 16..<18 * 16]))
  }

  @Test(arguments: ["sq_sq8", "pq4x8_ip", "ivf_pq4fs", "opq4_pq4"])
  func quantizedVectorsComeBackNearTheirOriginals(type: String) throws {
    let rows = try index(type).reconstructAll()
    let originals = try index("flat_l2").reconstructAll()
    let errors = zip(rows, originals).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let size = originals.reduce(0) { $0 + $1 * $1 }
    #expect(errors < size / 2)
    #expect(try index(type).reconstruct(299) == Array(rows.suffix(16)))
  }

  @Test(arguments: ["flat_l2", "idmap2_flat"]) func aLabelBringsTheVectorThatFaissWouldGive(type: String)
    throws
  {
    let index = try index(type)
    let label = index.labels?[5] ?? 5
    #expect(try index.reconstruct(label: label) == index.reconstruct(5))
    let error = #expect(throws: FaissError.self) { try index.reconstruct(label: 700) }
    #expect(error?.code == .argument)
  }

  @Test(arguments: ["idmap_flat", "ivf_flat_nprobe1"])
  func aLabelBringsNothingWhereFaissCannotFindIt(type: String) throws {
    let index = try index(type)
    #expect(throws: FaissError.self) { try index.reconstruct(label: index.labels?[0] ?? 0) }
  }

  @Test(arguments: IndexFixtures.types) func writingGivesBackTheFile(type: String) throws {
    let bytes = try IndexFixtures.bytes(type)
    let written = try index(bytes).serialized()
    // A hashed direct map is written in no particular order.
    #expect(type == "ivf_flat_directmap_hash" ? written.count == bytes.count : written == bytes)
  }

  @Test func moreRowsThanThereAreArePadded() throws {
    let index = try index("flat_l2")
    let answer = try index.search([Float](repeating: 0, count: 32), k: 310)
    #expect(answer.labels.count == 620 && answer.distances.count == 620)
    for query in 0..<2 {
      let labels = answer.labels[query * 310..<(query + 1) * 310]
      #expect(labels.prefix(300).sorted() == Array(0..<300))
      #expect(labels.suffix(10).allSatisfy { $0 == -1 })
      #expect(answer.distances[query * 310 + 300..<(query + 1) * 310].allSatisfy { $0.isNaN })
    }
  }

  @Test func anEmptyIndexAnswersPadding() throws {
    let empty = try index("flat_l2").removing { _ in false }
    #expect(empty.count == 0)
    // faiss 1.7.3 leaves the answers to 20 queries and more unset.
    let answer = try empty.search([Float](repeating: 0, count: 16 * 25), k: 2)
    #expect(answer.labels == [Int](repeating: -1, count: 50))
  }

  @Test func questionsThatDoNotFitAreRefused() throws {
    let index = try index("flat_l2")
    for ask: () throws -> Void in [
      { _ = try index.search([1, 2, 3], k: 1) },
      { _ = try index.search([Float](repeating: 0, count: 16), k: 0) },
      { _ = try index.reconstruct(300) }, { _ = try index.reconstruct(-1) },
      { _ = try index.adding([1, 2]) },
      { _ = try index.adding([Float](repeating: 0, count: 16), labels: [7]) },
    ] {
      let error = #expect(throws: FaissError.self) { try ask() }
      #expect(error?.code == .argument)
    }
  }

  @Test func searchSettingsOfTheFileCanBeOverridden() throws {
    let bytes = try IndexFixtures.bytes("ivf_flat_nprobe1")
    let query = try Array(index("flat_l2").reconstructAll().prefix(16)).map { $0 + 0.3 }
    let all = try bytes.withUnsafeBytes { try FaissIndex.read($0, nprobe: 1 << 40) }
    #expect(try all.search(query, k: 50).labels == index("flat_l2").search(query, k: 50).labels)
    #expect(all.nprobe == (try inspect(bytes).parameters.first { $0.name == "nlist" }?.value))
    let graph = try IndexFixtures.bytes("hnsw_flat_l2")
    #expect(try graph.withUnsafeBytes { try FaissIndex.read($0, efSearch: 99) }.efSearch == 99)
    let error = #expect(throws: FaissError.self) {
      try graph.withUnsafeBytes { try FaissIndex.read($0, nprobe: 2) }
    }
    #expect(error?.code == .unsupportedOperation)
  }

  @Test func aSearchCanHaveASettingOfItsOwn() throws {
    let flat = try index("flat_l2")
    let query = try Array(flat.reconstructAll().prefix(16)).map { $0 + 0.3 }
    let inverted = try index("ivf_flat_nprobe1")
    let lists = try #require(inverted.listCount)
    let few = try inverted.search(query, k: 50)
    #expect(try inverted.search(query, k: 50, nprobe: lists).labels == flat.search(query, k: 50).labels)
    #expect(inverted.nprobe == 1)
    #expect(try inverted.search(query, k: 50).labels == few.labels)
    let graph = try index("hnsw_flat_l2")
    let before = graph.efSearch
    #expect(try graph.search(query, k: 10, efSearch: graph.count).labels == flat.search(query, k: 10).labels)
    #expect(graph.efSearch == before && graph.listCount == nil)
  }

  @Test func aSettingThatTheTypeLacksIsRefusedAndChangesNothing() throws {
    let graph = try index("hnsw_flat_l2")
    let query = [Float](repeating: 0.1, count: 16)
    let error = #expect(throws: FaissError.self) { try graph.search(query, k: 3, nprobe: 2) }
    #expect(error?.code == .unsupportedOperation)
    let none = #expect(throws: FaissError.self) { try graph.search(query, k: 3, efSearch: 0) }
    #expect(none?.code == .argument)
    #expect(try graph.search(query, k: 3).labels.count == 3)
  }

  @Test func searchesWithAndWithoutSettingsRunAtOnceAndDoNotMix() async throws {
    let inverted = try index("ivf_flat_nprobe1")
    let query = try Array(index("flat_l2").reconstructAll().prefix(16)).map { $0 + 0.3 }
    let few = try inverted.search(query, k: 50).labels
    let all = try inverted.search(query, k: 50, nprobe: 1000).labels
    #expect(few != all)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          try inverted.search(query, k: 50, nprobe: number % 2 == 0 ? nil : 1000).labels
            == (number % 2 == 0 ? few : all)
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func settingsOfOneSearchAreGoneAfterIt() throws {
    let graph = try IndexFixtures.bytes("hnsw_flat_l2").withUnsafeBytes { try FaissIndex.read($0) }
    let before = try graph.serialized()
    let query = try Array(graph.reconstructAll().prefix(graph.dimension))
    _ = try graph.search(query, k: 3, efSearch: 2)
    #expect(try graph.serialized() == before)
    let lists = try index("ivf_flat_nprobe1")
    #expect(throws: FaissError.self) { try lists.search(query, k: 1, nprobe: 5, efSearch: 5) }
    #expect(lists.nprobe == 1)
  }

  @Test func faissComputesWithTheKernelsOfTheScan() throws {
    #expect(FaissIndex.usesScanKernels)
    // Another order of additions has other last bits, in one of 300 rows at the least.
    let index = try index("hnsw_flat_l2")
    let rows = try index.reconstructAll()
    let query = rows.prefix(index.dimension).map { $0 + 0.3 }
    let found = try index.search(query, k: index.count, efSearch: index.count)
    for (label, score) in zip(found.labels, found.distances) where label >= 0 {
      let row = Array(rows[label * index.dimension..<(label + 1) * index.dimension])
      #expect(score.bitPattern == cscan_squared_l2_pair(query, row, index.dimension).bitPattern)
    }
  }
}
