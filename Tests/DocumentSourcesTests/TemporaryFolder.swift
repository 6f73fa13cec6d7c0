import DocumentSources
import Foundation
import VectorStore

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "sources-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it; gives its path.
  @discardableResult
  func write(_ name: String, _ content: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      at: URL(filePath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: URL(filePath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ content: String) throws -> String {
    try write(name, Array(content.utf8))
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// The names, from here, of what a selection found.
  func names(_ selection: FileSelection) -> [String] {
    selection.files.map { String($0.path.dropFirst(path.count + 1)) }
  }
}

/// Reads one file that holds `content`.
func read(
  _ content: [UInt8], as name: String, _ settings: SourceSettings = SourceSettings()
) throws -> (documents: [SourceDocument], report: SourceReport) {
  let folder = try TemporaryFolder()
  let file = try folder.write(name, content)
  let reader = DocumentReader([SourceFile(path: file, kind: try SourceKind(path: file))], settings: settings)
  return (try reader.rest(), reader.report)
}

func read(
  _ content: String, as name: String, _ settings: SourceSettings = SourceSettings()
) throws -> (documents: [SourceDocument], report: SourceReport) {
  try read(Array(content.utf8), as: name, settings)
}

/// The error that reading `content` gives.
func refusal(
  _ content: [UInt8], as name: String, _ settings: SourceSettings = SourceSettings()
) -> SourceError? {
  do {
    _ = try read(content, as: name, settings)
    return nil
  } catch {
    return error as? SourceError
  }
}

func refusal(_ content: String, as name: String, _ settings: SourceSettings = SourceSettings())
  -> SourceError?
{
  refusal(Array(content.utf8), as: name, settings)
}
