import Explorer
import Glibc
import Synchronization
import Terminal

/// How far a long verb has come: one line on stderr that renews itself, and nothing where stderr is no terminal.
final class ProgressLine: Sendable {
  private struct State {
    var shown = ""
    var last: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let isShown: Bool

  init() { isShown = isatty(STDERR_FILENO) == 1 }

  /// For the reading of a store: what is read at once needs no words.
  init(reading path: String) {
    isShown = isatty(STDERR_FILENO) == 1 && Session.bytes(at: path).map { $0 > 20_000_000 } ?? false
  }

  /// Shows at most ten states a second, and the last one.
  func show(_ progress: Progress) {
    guard isShown else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      let isLast = progress.completed >= progress.total
      if let last = state.last, !isLast, now - last < .milliseconds(100) { return }
      state.last = now
      let share = progress.total > 0 ? "\(progress.completed * 100 / progress.total) %  " : ""
      state.shown = TextWidth.truncate(share + Printable.line(progress.note), to: 78)
      Self.write("\r\u{1B}[K" + state.shown)
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if !state.shown.isEmpty { Self.write("\r\u{1B}[K") }
      state.shown = ""
    }
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension Session {
  /// Saves, and shows meanwhile how far it is.
  func saveOnLine(to path: String? = nil) async throws -> SaveReport {
    let line = ProgressLine()
    defer { line.finish() }
    return try await save(to: path) { line.show($0) }
  }
}
