import Foundation
import Testing

/// A text that a file in Screens/ says how it should be.
struct Recorded {
  let text: String

  init(_ text: String) { self.text = text }

  /// Compares with Screens/NAME.txt; `RECORD_SCREENS=1` writes the file and fails, so that it cannot hide a change.
  func expect(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Screens")
    let file = folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["RECORD_SCREENS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record(
        "recorded \(name).txt; read it, then run again without RECORD_SCREENS", sourceLocation: sourceLocation
      )
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let lines = zip(text.split(separator: "\n"), expected.split(separator: "\n"))
    let first = lines.first { $0 != $1 }.map { "\n\($0.0)\ninstead of\n\($0.1)" } ?? ""
    Issue.record(
      "\(name).txt differs; RECORD_SCREENS=1 rewrites it\(first)\n\(text)", sourceLocation: sourceLocation)
  }
}
