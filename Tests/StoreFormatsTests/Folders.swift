import Foundation
import StoreFormats
import VectorStore

/// Folders for tests: copies of fixtures, and empty ones that go away with the test.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "fathom-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// A copy of a fixture, such as "stores/langchain-community-0.4.2/basic_l2".
  convenience init(copyOf fixture: String) throws {
    try self.init()
    let source = Fixtures.path(fixture)
    for file in try FileManager.default.contentsOfDirectory(atPath: source) {
      try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(path)/\(file)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(path)/\(file)")) }

  func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(file)"))
  }
}

enum Fixtures {
  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
  }

  static func open(_ path: String) throws -> OpenedStore { try StoreReader(StoreLocation(path: path)).read() }

  static func documents(_ version: StoreVersion) -> [Document] {
    var result: [Document] = []
    version.forEachDocument { _, document in result.append(document) }
    return result
  }
}
