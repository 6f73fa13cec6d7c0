import Foundation
import Synchronization

/// One run of a program: its input written and its output read at the same time, so that neither waits for the
/// other.
///
/// Foundation's `Process` is not used: where the loopback interface is down, it never says that a program ended.
package struct ProgramRun {
  package struct Outcome: Sendable {
    /// The exit code; of a program that a signal ended, the signal's number below zero.
    package var status: Int32
    package var output: Data
    package var errors: Data
    var timedOut: Bool
  }

  private let command: [String]
  private let environment: [String: String]
  private let ownGroup: Bool
  private let input: Data

  private static let clock = DispatchQueue(label: "fathom.program-clock")

  /// Names a program, looked up in PATH, with its arguments; no shell comes near it.
  ///
  /// - Parameters:
  ///   - environment: Set over this process's own.
  ///   - ownGroup: Without a group of its own it gets what the terminal sends to this process, such as Ctrl-C, and
  ///     programs that it started may outlive it.
  /// - Precondition: `command` is not empty.
  package init(
    _ command: [String], environment: [String: String] = [:], ownGroup: Bool = true, input: Data = Data()
  ) {
    precondition(!command.isEmpty, "a command has a program")
    self.command = command
    self.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    self.ownGroup = ownGroup
    self.input = input
  }

  /// Runs the program to its end; cancelling, or the time running out, ends it and those that it started.
  ///
  /// - Throws: `POSIXError` when it cannot be started, `CancellationError`.
  package func outcome(within limit: Duration? = nil) async throws -> Outcome {
    let (stdin, stdout, stderr) = (try Channel(), try Channel(), try Channel())
    let program = RunningProgram(
      try spawn([stdin.reading, stdout.writing, stderr.writing].map(\.fileDescriptor)))
    for end in [stdin.reading, stdout.writing, stderr.writing] { try end.close() }
    let watch = DispatchWorkItem { program.end(isLate: true) }
    // Not a task, which would come late where long work holds the threads that tasks share.
    if let limit { Self.clock.asyncAfter(deadline: .now() + limit / .seconds(1), execute: watch) }
    defer { watch.cancel() }
    return try await withTaskCancellationHandler {
      async let output = Self.readAll(stdout.reading)
      async let errors = Self.readAll(stderr.reading)
      async let written: Void = Self.write(input, to: stdin.writing)
      let status = await program.status()
      let (read, failed, _) = await (output, errors, written)
      try Task.checkCancellation()
      // A program that ended by itself was in time, however late that was noticed.
      return Outcome(status: status, output: read, errors: failed, timedOut: program.wasLate && status < 0)
    } onCancel: {
      program.end()
    }
  }

  /// A pipe that no other program inherits.
  private struct Channel {
    let reading: FileHandle
    let writing: FileHandle

    init() throws {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      reading = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
      writing = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    }
  }

  /// Starts the program in a group of its own with these descriptors as its first, and no signal held back.
  private func spawn(_ descriptors: [Int32]) throws -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    for (place, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&files, descriptor, Int32(place))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let group = ownGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(&attributes, Int16(group | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, command[0], &files, &attributes, &arguments, &variables)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
    return process
  }

  /// Reads on a thread of its own: pipes block.
  private static func readAll(_ handle: FileHandle) async -> Data {
    await onThread { (try? handle.readToEnd()) ?? Data() }
  }

  /// A program that does not read all of its input is no error here; its answer tells.
  private static func write(_ data: Data, to handle: FileHandle) async {
    await onThread {
      // Else the system would end this process with the program that stopped reading.
      var ignored = sigset_t()
      sigemptyset(&ignored)
      sigaddset(&ignored, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &ignored, nil)
      try? handle.write(contentsOf: data)
      try? handle.close()
    }
  }
}

/// A program that was started, until its end is known.
private final class RunningProgram: Sendable {
  private let pid: pid_t
  private let state = Mutex((isRunning: true, wasLate: false))

  init(_ pid: pid_t) { self.pid = pid }

  /// Whether it was ended for being late; what a busy machine notices late is not the program's fault.
  var wasLate: Bool { state.withLock(\.wasLate) }

  /// Waits for its end.
  func status() async -> Int32 {
    await onThread { [self] in
      var status: Int32 = 0
      // Its number may be another program's as soon as it has been waited for.
      var seen = siginfo_t()
      while waitid(P_PID, id_t(pid), &seen, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      state.withLock { $0.isRunning = false }
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      return status & 0x7f == 0 ? (status >> 8) & 0xff : -(status & 0x7f)
    }
  }

  /// Ends the program and those that it started: they would hold the pipes open.
  func end(isLate: Bool = false) {
    state.withLock { state in
      if state.isRunning {
        state.wasLate = state.wasLate || isLate
        // Before its children: one that waits for them would end by itself, as if it had been in time.
        kill(pid, SIGKILL)
      }
      // Its group may outlive it, and keeps its number for as long.
      kill(-pid, SIGKILL)
    }
  }
}

/// Does what blocks where it holds up nobody.
private func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: body()) }
  }
}
