import Foundation

/// Seeds out of the checkout that this was compiled in.
enum SeedFiles {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Larger files take the fuzzer long and show it nothing new.
  private static let largest = 64 << 10

  /// The bytes of the files under a folder of the checkout whose names end so, in the order of their paths.
  static func bytes(in folder: String, ending: String = "") throws -> [[UInt8]] {
    let folder = root.appending(path: folder).path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.sorted().filter { $0.hasSuffix(ending) }.compactMap { name in
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      let bytes = try Data(contentsOf: URL(filePath: path))
      return bytes.count > largest ? nil : [UInt8](bytes)
    }
  }
}
