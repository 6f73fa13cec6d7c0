import Foundation
import Synchronization

/// One run of a program: its input written and its output read at the same time, so that neither waits for the
/// other.
struct ProgramRun {
  struct Outcome: Sendable {
    var status: Int32
    var output: Data
    var errors: Data
    var timedOut: Bool
  }

  private let process = Process()
  private let input: Data

  /// `command` is a program, looked up in PATH, with its arguments; no shell comes near it.
  init(_ command: [String], input: Data) {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["--"] + command
    self.input = input
  }

  /// Runs the program to its end; cancelling, or the time running out, ends it.
  func outcome(within limit: Duration) async throws -> Outcome {
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    let (ends, end) = AsyncStream<Void>.makeStream()
    let life = Life()
    process.terminationHandler = { _ in
      life.hasEnded()
      end.finish()
    }
    try process.run()
    let pid = process.processIdentifier

    async let output = Self.readAll(stdout.fileHandleForReading)
    async let errors = Self.readAll(stderr.fileHandleForReading)
    async let written: Void = Self.write(input, to: stdin.fileHandleForWriting)
    let watch = Task {
      try await Task.sleep(for: limit)
      life.end(pid, isLate: true)
    }
    defer { watch.cancel() }
    await withTaskCancellationHandler {
      for await _ in ends {}
      // Cancelled before its end: the stream stops at once, the program does not.
      if Task.isCancelled { life.end(pid) }
    } onCancel: {
      life.end(pid)
    }
    let (read, failed, _) = await (output, errors, written)
    try Task.checkCancellation()
    process.waitUntilExit()
    // A program that ended by itself was in time, however late that was noticed.
    let endedItself = process.terminationReason == .exit
    return Outcome(
      status: endedItself ? process.terminationStatus : -process.terminationStatus, output: read,
      errors: failed,
      timedOut: life.wasLate && !endedItself)
  }

  /// Whether the program still runs, and whether it was ended for being late.
  ///
  /// What a busy machine notices late is not the program's fault, and a number that is free again may be another
  /// program's.
  private final class Life: Sendable {
    private let state = Mutex((isRunning: true, wasLate: false))

    var wasLate: Bool { state.withLock(\.wasLate) }

    func hasEnded() { state.withLock { $0.isRunning = false } }

    /// Ends the program and those that it started: they would hold the pipes open.
    func end(_ pid: pid_t, isLate: Bool = false) {
      state.withLock { state in
        // Its group may outlive it, and keeps its number for as long.
        kill(-pid, SIGKILL)
        guard state.isRunning else { return }
        state.wasLate = state.wasLate || isLate
        kill(pid, SIGKILL)
      }
    }
  }

  /// Reads on a thread of its own: pipes block.
  private static func readAll(_ handle: FileHandle) async -> Data {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: (try? handle.readToEnd()) ?? Data()) }
    }
  }

  /// A program that does not read all of its input is no error here; its answer tells.
  private static func write(_ data: Data, to handle: FileHandle) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      Thread.detachNewThread {
        // Else the system would end this process with the program that stopped reading.
        var ignored = sigset_t()
        sigemptyset(&ignored)
        sigaddset(&ignored, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &ignored, nil)
        try? handle.write(contentsOf: data)
        try? handle.close()
        continuation.resume()
      }
    }
  }
}
