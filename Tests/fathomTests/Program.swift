import Foundation

/// The built program, run as a person or a script would.
struct Program {
  struct Outcome {
    var code: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// The binary beside the test bundle.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "fathom").path

  /// Runs a verb with no terminal and settings of its own; `environment` is added to it.
  static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(path, arguments, environment: environment)
  }

  static func run(_ arguments: [String]) throws -> Outcome { try run(path, arguments, environment: [:]) }

  /// Runs a line of shell, in which `$0` is the program and `$1` what comes after the line.
  static func shell(_ line: String, _ argument: String) throws -> Outcome {
    try run("/bin/sh", ["-c", line, path, argument], environment: [:])
  }

  private static func run(
    _ program: String, _ arguments: [String], environment: [String: String]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let home = NSTemporaryDirectory() + "fathom-home-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: home) }
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8"]
      .merging(environment) { $1 }
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: "fathom-errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  static func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/stores/\(name)").path
  }

  /// A copy of a fixture that a test may change.
  static func copy(_ name: String) throws -> String {
    let target = NSTemporaryDirectory() + "fathom-program-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: fixture(name), toPath: target)
    return target
  }
}
