import CNcurses
import Foundation
import Terminal

/// Whether a full screen can be shown, before anything touches the terminal.
public enum TerminalCheck {
  /// Nil when it can; else the reason as a sentence, with what to do.
  ///
  /// Where standard output is for something else, `usesOutput` is false, and `/dev/tty` has to be there.
  public static func problem(environment: [String: String], usesOutput: Bool = true) -> ScreenError? {
    let output = usesOutput ? STDOUT_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
    defer { if !usesOutput, output >= 0 { close(output) } }
    guard usesOutput || output >= 0 else {
      return ScreenError(.notATerminal, "there is no terminal to show the screen on")
    }
    guard isatty(output) == 1 else {
      return ScreenError(
        .notATerminal,
        "standard output is not a terminal, and the screen needs one; for scripts there are fathom info, list, show and search"
      )
    }
    guard isatty(STDIN_FILENO) == 1 || access("/dev/tty", R_OK) == 0 else {
      return ScreenError(
        .notATerminal, "standard input is not a terminal, and there is none to read keys from")
    }
    guard let name = environment["TERM"], !name.isEmpty else {
      return ScreenError(
        .unknownTerminal, "TERM is not set, so the kind of terminal is unknown; try TERM=xterm-256color")
    }
    switch cn_check(name, output) {
    case CN_NO_ENTRY:
      return ScreenError(
        .unknownTerminal, "the system knows no terminal called \"\(name)\" (TERM); try TERM=xterm-256color")
    case CN_NO_ADDRESSING:
      return ScreenError(
        .unknownTerminal,
        "a terminal of the kind \"\(name)\" (TERM) cannot place its cursor; try TERM=xterm-256color in a real one"
      )
    default: break
    }
    var columns: Int32 = 0
    var rows: Int32 = 0
    if cn_window(output, &columns, &rows), columns == 0 || rows == 0 {
      return ScreenError(
        .tooSmall,
        "the terminal says it has \(columns) columns and \(rows) rows; set its size, as with stty cols 80 rows 24"
      )
    }
    return nil
  }
}
