import Explorer
import Foundation
import Terminal

/// Results to stdout, messages to stderr.
///
/// Foreign text never reaches a terminal raw.
enum Output {
  /// A message on stderr, "fathom: …", made safe for a terminal.
  static func warn(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map {
      Printable.line(String($0))
    }
    FileHandle.standardError.write(Data(("fathom: " + lines.joined(separator: "\n") + "\n").utf8))
  }

  /// A line of JSON, as it is: JSON escapes what a terminal would act on.
  static func json(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// A line for people.
  static func line(_ text: String = "") {
    FileHandle.standardOutput.write(Data((Printable.line(text) + "\n").utf8))
  }

  /// Columns for people, of which `numbers` are right-aligned; the last one is cut at the terminal's width.
  static func table(_ rows: [[String]], numbers: Set<Int>) {
    guard let first = rows.first else { return }
    let safe = rows.map { $0.map(Printable.line) }
    let widths = first.indices.map { column in safe.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
    let total = terminalWidth
    for row in safe {
      var line = ""
      for column in row.indices {
        if column > 0 { line += "  " }
        if column == row.count - 1, let total {
          line += TextWidth.truncate(row[column], to: max(10, total - TextWidth.columns(of: line)))
        } else {
          let alignment: TextWidth.Alignment = numbers.contains(column) ? .right : .left
          line +=
            column == row.count - 1
            ? row[column] : TextWidth.pad(row[column], to: widths[column], alignment: alignment)
        }
      }
      FileHandle.standardOutput.write(Data((line + "\n").utf8))
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
