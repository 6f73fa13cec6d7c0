import Foundation
import Testing

/// A file of 200 bytes can take neither a gigabyte nor a second.
struct SmallFilesTests {
  private static func bytes(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// The fields that every index begins with: dimension 4, one vector for `count`, trained, L2.
  private static func header(_ type: String, count: UInt64 = 1) -> [UInt8] {
    Array(type.utf8) + [4, 0, 0, 0] + bytes(count) + [UInt8](repeating: 0, count: 16) + [1, 1, 0, 0, 0]
  }

  private static func repeated(_ piece: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(piece, count: count).joined())
  }

  /// Each list holds the one before twice.
  private static let doubledLists = (UInt8(0)..<22).flatMap { (level: UInt8) -> [UInt8] in
    [0x5D, 0x94, 0x28, 0x68, level, 0x68, level, 0x65]
  }

  private static let flat = header("IxF2", count: 0) + bytes(0)
  static let files: [String: [UInt8]] = [
    "doubled.pkl": [0x80, 4, 0x4E, 0x85] + repeated([0x32, 0x86], 90) + [0x2E],
    "lists.pkl": [0x80, 4, 0x5D, 0x94] + doubledLists + [0x2E],
    "deep.pkl": [0x80, 4] + repeated([0x5D], 100) + repeated([0x61], 97),
    "long-text.pkl": [0x80, 4, 0x8D] + bytes(1 << 62),
    "long-integer.pkl": [0x80, 4, 0x8B, 0xFF, 0xFF, 0xFF, 0x7F],
    "frame.pkl": [0x80, 4, 0x95] + bytes(.max),
    "memo.pkl": [0x80, 4, 0x4E] + repeated([0x72, 0xFF, 0xFF, 0xFF, 0xFF], 30) + [0x2E],
    "zeros.pkl": Array("c__builtin__\nbytearray\n(I9999999999999\ntR.".utf8),
    "decimal.pkl": Array("cdecimal\nDecimal\n(V1E999999999999999999\ntR.".utf8),
    "vectors.faiss": header("IxF2", count: 1 << 40) + bytes(1 << 42),
    "codes.faiss": header("IxPQ") + bytes(4) + bytes(4) + bytes(60) + bytes(1 << 60),
    "lists.faiss": header("IwFl", count: 0) + bytes(1 << 30) + bytes(1) + flat,
    "probes.faiss": header("IwFl", count: 0) + bytes(1) + bytes(1 << 40) + flat,
    "graph.faiss": header("IHNf", count: 1 << 30) + bytes(1 << 30),
    "maps.faiss": repeated(header("IxMp", count: 0), 5),
    "chain.faiss": header("IxPT") + [0xFF, 0xFF, 0xFF, 0x7F],
  ]

  @Test(arguments: files.keys.sorted()) func aSmallFileTakesLittle(name: String) throws {
    let file = try #require(Self.files[name])
    #expect(file.count <= 200)
    let folder = NSTemporaryDirectory() + "fathom-small-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/\(name)"
    try Data(file).write(to: URL(filePath: path))
    for verb in name.hasSuffix("pkl") ? ["info", "inspect --pickle"] : ["info"] {
      let outcome = try Program.shell("ulimit -v 1048576; ulimit -t 1; exec \"$0\" \(verb) \"$1\"", path)
      #expect(outcome.code == 65 || verb != "info" && outcome.code == 0, "\(verb): \(outcome.errors)")
    }
  }

  @Test func limitsComeFromTheEnvironment() throws {
    let path = Program.fixture("hostile/deep_list_100k")
    #expect(try Program.run("info", path).errors.contains("FATHOM_LIMITS=pickle-depth=NUMBER"))
    let outcome = try Program.run("info", path, environment: ["FATHOM_LIMITS": "depth=1"])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("there is no limit \"depth\""))
  }
}
