import Explorer
import Foundation
import VectorStore

/// Puts a text where a person can paste it from: by a program of this desktop; else by the terminal; else, when it
/// is too long for that, into a file.
struct Clipboard: Sendable {
  let environment: [String: String]

  /// What became of the text.
  enum Outcome: Sendable, Equatable {
    /// A program took it.
    case taken(by: String)
    /// The terminal is to be asked.
    case forTerminal
  }

  private static let limit: Duration = .seconds(2)

  /// The programs that reach the clipboard of the desktop that this process runs on, with their arguments.
  private var tools: [[String]] {
    // Over ssh the desktop of this machine is not the one that the person sits at.
    guard environment["SSH_CONNECTION"] == nil, environment["SSH_TTY"] == nil else { return [] }
    var tools: [[String]] = []
    if environment["WAYLAND_DISPLAY"]?.isEmpty == false { tools.append(["wl-copy"]) }
    if environment["DISPLAY"]?.isEmpty == false {
      tools += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    }
    return tools
  }

  func copy(_ text: String) async -> Outcome {
    for tool in tools {
      guard let program = path(of: tool[0]) else { continue }
      if await run(program, Array(tool.dropFirst()), input: text) { return .taken(by: tool[0]) }
    }
    return .forTerminal
  }

  /// Keeps a text in a file that only this person can read; returns its path.
  ///
  /// Throws ``ExplorerError`` `.cannotWrite`.
  func keep(_ text: String) throws -> String {
    let folder = UserFolders(environment: environment).state
    let path = "\(folder)/copied.txt"
    do {
      try Folder.create(folder, permissions: 0o700)
      unlink(path)
      guard
        FileManager.default.createFile(
          atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
      else { throw VectorStoreError.system("write", path) }
    } catch let error as VectorStoreError {
      throw ExplorerError(.cannotWrite, error.message)
    }
    return path
  }

  private func path(of program: String) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
      .first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
  }

  /// True when the program ended well in time.
  ///
  /// The text comes from a file without a name, for a pipe that nobody reads would end this process; and nothing is
  /// read from the program, for one that stays behind to serve the clipboard would hold the reader up.
  private func run(_ program: String, _ arguments: [String], input: String) async -> Bool {
    let path = NSTemporaryDirectory() + "fathom-copy-\(UUID().uuidString)"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(input.utf8), attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forReadingAtPath: path)
    else { return false }
    unlink(path)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = file
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    let end = ContinuousClock.now + Self.limit
    while process.isRunning, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(10)) }
    guard !process.isRunning else {
      process.terminate()
      return false
    }
    return process.terminationStatus == 0
  }
}
