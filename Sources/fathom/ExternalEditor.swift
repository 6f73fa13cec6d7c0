import Explorer
import Foundation

/// The person's own editor, on a text in a file that only they can read.
struct ExternalEditor: Sendable {
  /// A shell command: `$VISUAL`, else `$EDITOR`, else vi.
  let command: String

  init(environment: [String: String]) {
    command = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty } ?? "vi"
  }

  /// The text after the person has edited it; nil when the editor says that it is to stay.
  ///
  /// The editor has the terminal of this process. A line break that editors add to the last line is not part of the
  /// text. Throws `.cannotWrite`, and `.badData` for what is not UTF-8.
  func edit(_ text: String) throws(ExplorerError) -> String? {
    let path = NSTemporaryDirectory() + "fathom-\(UUID().uuidString).txt"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw ExplorerError(.cannotWrite, "cannot write \(path)") }
    defer { unlink(path) }
    guard try run(on: path) == 0 else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path),
      let new = String(data: bytes, encoding: .utf8)
    else { throw ExplorerError(.badData, "what the editor wrote is not UTF-8; the content stays as it was") }
    return new.hasSuffix("\n") && !text.hasSuffix("\n") ? String(new.dropLast()) : new
  }

  /// Runs the editor in this process's own group, which has the terminal; returns its exit code.
  private func run(on path: String) throws(ExplorerError) -> Int32 {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/tty", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDERR_FILENO)
    let arguments = ["sh", "-c", command + " \"$@\"", "sh", path]
    var strings = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var process = pid_t()
    let failure = posix_spawn(&process, "/bin/sh", &files, nil, &strings, environ)
    guard failure == 0 else {
      throw ExplorerError(.cannotWrite, "cannot start \(command): \(String(cString: strerror(failure)))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
  }
}
