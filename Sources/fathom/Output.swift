import Explorer
import Glibc
import Terminal
import VectorStore

/// Results to stdout, messages to stderr.
///
/// Foreign text never reaches a terminal raw.
enum Output {
  /// A message on stderr, "fathom: …", made safe for a terminal.
  static func warn(_ message: String) { complain("fathom: " + message) }

  /// Lines on stderr, made safe for a terminal.
  static func complain(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map {
      Printable.line(String($0))
    }
    // Where even that cannot be said, the exit code has to do.
    try? write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
  }

  /// A line of JSON, as it is: JSON escapes what a terminal would act on.
  ///
  /// Like all that goes to stdout, throws `.inputOutput` where it cannot be written: a full disk, a closed file.
  static func json(_ line: String) throws { try write(line + "\n") }

  /// Ids, one a line: as they are for another program, made safe for a terminal.
  static func ids(_ ids: [DocumentID]) throws {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    try write(ids.map { (isTerminal ? Printable.line($0.text) : $0.text) + "\n" }.joined())
  }

  /// Bytes for another program.
  static func bytes(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

  /// A line for people.
  static func line(_ text: String = "") throws { try write(Printable.line(text) + "\n") }

  /// A text of many lines: as it is for another program, made safe for a terminal.
  static func text(_ text: String) throws {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    try write((isTerminal ? Printable.paragraphs(text).joined(separator: "\n") : text) + "\n")
  }

  /// Names and what belongs to them, below each other.
  static func fields(_ rows: [[String]]) throws {
    for row in rows { try line(row[0] + String(repeating: " ", count: max(1, 11 - row[0].count)) + row[1]) }
  }

  /// Columns for people, of which `numbers` are right-aligned; the last one is cut at the terminal's width.
  static func table(_ rows: [[String]], numbers: Set<Int>) throws {
    try write(TextTable(rows, numbers: numbers).lines(width: terminalWidth).map { $0 + "\n" }.joined())
  }

  private static func write(_ text: String, to file: Int32 = STDOUT_FILENO) throws {
    try Array(text.utf8).withUnsafeBytes { try write($0, to: file) }
  }

  /// Writes all of it; a reader who leaves ends the process with SIGPIPE, as scripts expect.
  private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32 = STDOUT_FILENO) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(file, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      if written < 0 {
        throw ExplorerError(.inputOutput, "the answer cannot be written: \(String(cString: strerror(errno)))")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  /// Columns of the terminal behind stdout; nil when it is a file or a pipe.
  private static var terminalWidth: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}
