import Foundation
import Testing

@testable import Faiss

/// What a fixture's `expected.json` says about its index.
struct ExpectedIndex: Decodable {
  let fourcc: String
  let `class`: String
  let dim: Int
  let ntotal: Int
  let metric_type: Int32
}

enum IndexFixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  static let types = [
    "flat_canberra", "flat_cosine_by_ip_normalized", "flat_l2", "flat_lp", "hnsw_flat_ip", "hnsw_flat_l2",
    "hnsw_sq8", "idmap2_flat", "idmap_flat", "ivf_flat_directmap_hash", "ivf_flat_nprobe1",
    "ivf_hnsw_quantizer",
    "ivf_pq4fs", "ivf_pq_np_nores_ip", "ivf_sq8", "opq4_pq4", "pq4x8_ip", "sq_sq8", "sq_sq8_direct",
  ]

  static func bytes(_ type: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "index-types/\(type)/index.faiss")))
  }
}

func inspect(_ bytes: [UInt8]) throws -> FaissFile {
  try bytes.withUnsafeBytes { try FaissFile.inspect($0) }
}

extension [UInt8] {
  mutating func put<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
    Swift.withUnsafeBytes(of: value.littleEndian) { raw in
      replaceSubrange(offset..<offset + raw.count, with: raw)
    }
  }
}

@Test(arguments: IndexFixtures.types)
func filesThatFaissWroteAreDescribed(type: String) throws {
  let folder = IndexFixtures.folder.appending(path: "index-types/\(type)")
  let expected = try JSONDecoder().decode(
    ExpectedIndex.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  let file = try inspect(IndexFixtures.bytes(type))
  #expect(file.fourCC == expected.fourcc)
  #expect(file.className.hasPrefix(expected.class))
  #expect(file.dimension == expected.dim)
  #expect(file.count == expected.ntotal)
  #expect(file.metricType == expected.metric_type)
  #expect(file.isTrained)
  #expect(file.trailingBytes == 0)
  #expect((file.flatCodes != nil) == expected.fourcc.hasPrefix("IxF"))
}

@Test(arguments: [
  ("flat_l2", "flat L2", "IndexFlatL2"),
  ("flat_canberra", "flat canberra", "IndexFlat"),
  ("flat_cosine_by_ip_normalized", "flat inner product", "IndexFlatIP"),
  ("idmap_flat", "id map over flat L2", "IndexIDMap"),
  ("idmap2_flat", "two-way id map over flat L2", "IndexIDMap2"),
  ("hnsw_flat_l2", "HNSW flat", "IndexHNSWFlat"),
  ("hnsw_sq8", "HNSW scalar quantizer 8-bit", "IndexHNSWSQ"),
  ("ivf_sq8", "IVF scalar quantizer 8-bit", "IndexIVFScalarQuantizer"),
  ("ivf_pq4fs", "IVF PQ fast scan", "IndexIVFPQFastScan"),
  ("opq4_pq4", "linear transform, then PQ", "IndexPreTransform"),
  ("sq_sq8_direct", "scalar quantizer 8-bit direct", "IndexScalarQuantizer"),
])
func typesAreNamedForPeopleAndForFaiss(type: String, name: String, className: String) throws {
  let file = try inspect(IndexFixtures.bytes(type))
  #expect(file.typeName == name)
  #expect(file.className == className)
}

@Test(arguments: [
  ("hnsw_flat_l2", ["M", "efConstruction", "efSearch"]), ("ivf_flat_nprobe1", ["nlist", "nprobe"]),
  ("ivf_pq4fs", ["nlist", "nprobe", "M", "nbits"]), ("pq4x8_ip", ["M", "nbits"]),
  ("ivf_hnsw_quantizer", ["nlist", "nprobe", "quantizer_efSearch"]), ("flat_l2", []),
])
func parametersCarryFaissesNames(type: String, names: [String]) throws {
  #expect(try inspect(IndexFixtures.bytes(type)).parameters.map(\.name) == names)
}

@Test func flatCodesAreTheFloatsOfTheFile() throws {
  let bytes = try IndexFixtures.bytes("flat_l2")
  #expect(try inspect(bytes).flatCodes == 45..<bytes.count)
  #expect(try inspect(IndexFixtures.bytes("flat_lp")).flatCodes?.lowerBound == 49)
  #expect(try inspect(IndexFixtures.bytes("flat_lp")).metricArgument == 3)
}

@Test func idMapsHaveLabelsOfTheirOwn() throws {
  #expect(try inspect(IndexFixtures.bytes("idmap_flat")).hasOwnLabels)
  #expect(try !inspect(IndexFixtures.bytes("ivf_flat_nprobe1")).hasOwnLabels)
}

@Test(arguments: IndexFixtures.types)
func bytesAfterTheIndexAreCounted(type: String) throws {
  let bytes = try IndexFixtures.bytes(type) + [UInt8](repeating: 7, count: 100)
  #expect(try inspect(bytes).trailingBytes == 100)
}
