import Foundation
import Testing

@testable import Faiss

/// Scalar quantizers that came after faiss 1.7.3, in files that 1.15.1 wrote: 40 rows of 16 dimensions.
@Suite struct PlainCodesTests {
  private func index(_ name: String) throws -> FaissIndex {
    try seed(name).withUnsafeBytes { try FaissIndex.read($0) }
  }

  private func seed(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: IndexFixtures.folder.appending(path: "index-seeds/\(name).faiss")))
  }

  @Test(arguments: ["sqbf16", "sqbf16_ip", "sq_direct_signed"])
  func whatFaissCannotSearchIsKeptAsItIs(name: String) throws {
    let bytes = try seed(name)
    let index = try index(name)
    #expect(!index.supports(.search))
    #expect(throws: FaissError.self) { try index.search(.init(repeating: 0.5, count: 16), k: 3) }
    #expect(try index.serialized() == bytes)
    #expect(try index.removing { _ in true }.serialized() == bytes)
  }

  @Test func halfOfAFloatIsReadAndRoundedAsFaissDoes() throws {
    let flat = try index("flat_l2").reconstructAll()
    let coded = try index("sqbf16")
    #expect(
      try coded.reconstructAll() == flat.map { Float(bitPattern: ($0.bitPattern + 0x8000) & 0xffff_0000) })
    #expect(try coded.removing { $0 < 20 }.adding(Array(flat[(20 * 16)...])).serialized() == seed("sqbf16"))
  }

  @Test func signedBytesAreReadAndWrittenAsFaissDoes() throws {
    let coded = try index("sq_direct_signed")
    let rows = try coded.reconstructAll()
    #expect(rows.allSatisfy { $0 == $0.rounded() && $0 >= -128 && $0 <= 127 })
    #expect(
      try coded.removing { $0 < 20 }.adding(Array(rows[(20 * 16)...])).serialized()
        == seed("sq_direct_signed"))
    #expect(try coded.reconstruct(label: 7) == Array(rows[7 * 16..<8 * 16]))
    #expect { try coded.adding(.init(repeating: 128, count: 16)) } throws: {
      ($0 as? FaissError)?.code == .argument
    }
  }

  @Test func insideOtherIndexesTheyNeedTheFaissThatWroteThem() throws {
    let error = try #require(refusal(of: seed("ivf_sqbf16")))
    #expect(error.code == .unsupportedType)
    #expect(error.message.contains("faiss 1.9.0"))
  }

  @Test func everyTypeOfFaissIsServedOrRefusedByName() throws {
    let folder = IndexFixtures.folder.appending(path: "index-seeds").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".faiss") }
    #expect(names.count == 65)
    for name in names {
      let name = String(name.dropLast(6))
      let bytes = try seed(name)
      guard let error = refusal(of: bytes) else {
        // Every operation of the table either works or is refused before faiss is asked.
        let index = try index(name)
        let row = [Float](repeating: 1, count: index.dimension)
        if index.supports(.search) { _ = try index.search(row, k: 3) }
        if index.supports(.reconstruct) {
          #expect(try index.reconstructAll().count == index.count * index.dimension)
        }
        if index.supports(.remove) { #expect(try index.removing { $0 > 3 }.count == index.count - 4) }
        if index.supports(.add) { #expect(try index.adding(row).count == index.count + 1) }
        continue
      }
      #expect([.unsupportedType, .notAnIndex].contains(error.code), "\(name): \(error.message)")
    }
  }
}
