import ArgumentParser
import CursesTerminal
import Explorer
import ExplorerUI
import Foundation
import Terminal
import VectorStore

struct Explore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open a store on the screen (the verb that runs when none is given).", shouldDisplay: false)

  @Argument(help: "A LangChain folder, one of its files, serialized bytes, or a .faiss file.")
  var path: String?
  @Flag(help: "Open for reading only.") var readonly = false
  @OptionGroup var embedding: EmbedderOption
  @Option(
    help: ArgumentHelp(
      "The theme: default, light, nord, dracula and others, or one of your own; else the one chosen last.",
      valueName: "name"))
  var theme: String?
  @Flag(help: "Leave the mouse to the terminal.") var noMouse = false
  @Flag(help: "On leaving, print the ids of the marked documents, one a line; standard output may be a pipe.")
  var printMarks = false
  @Flag(help: ArgumentHelp("Give five hints, unless they were seen.", visibility: .hidden)) var tour = false

  func run() async throws {
    try await answering {
      let environment = ProcessInfo.processInfo.environment
      if let problem = TerminalCheck.problem(environment: environment, usesOutput: usesOutput) {
        throw ExplorerError(.usage, problem.message)
      }
      let access = readonly ? Session.Access.reading : .exploring
      let embedder = try embedding.chosen()
      let performer = EffectRunner(environment: environment, beginning: { Session.beginning(of: $0) }) {
        path, progress in
        try await Session.open(
          path, for: access, embedder: embedder, environment: environment, progress: progress)
      }
      // Where somebody stands in a store, that is the one.
      let path = path ?? (Session.bytes(at: ".") == nil ? nil : ".")
      let opened = try await Self.open(path, with: performer)
      let settings = Settings(environment: environment, theme: theme)
      let state = AppState(
        summary: opened?.summary ?? .none, size: Size(width: 80, height: 24), keymap: settings.keymap,
        problems: settings.problems, unsaved: opened?.unsaved, memory: settings.memory,
        hearsMouse: noMouse ? false : settings.hearsMouse, themeNames: settings.library.names, showsTour: tour
      )
      let wake = try WakeUp()
      let marked = try await Self.show(state, settings, performer, wake, usesOutput: usesOutput)
      if printMarks { try Output.ids(marked) }
    }
  }

  /// Whether the screen is drawn on standard output: not where marks are piped out of it.
  private var usesOutput: Bool { !printMarks || isatty(STDOUT_FILENO) == 1 }

  private static func open(
    _ path: String?, with performer: EffectRunner
  ) async throws -> (summary: StoreSummary, unsaved: UnsavedReport?)? {
    guard let path else { return nil }
    let line = ProgressLine(reading: path)
    defer { line.finish() }
    return try await performer.open(path, in: .first) { line.show($0) }
  }

  /// Runs the screen on a thread of its own: curses must stay on one, and the pool's threads come and go.
  ///
  /// Returns the documents that are marked when the person leaves, those of the first tab first.
  private static func show(
    _ state: AppState, _ settings: Settings, _ performer: EffectRunner, _ wake: WakeUp, usesOutput: Bool
  ) async throws -> [DocumentID] {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<[DocumentID], any Error>) in
      let thread = Thread {
        let errors = StandardErrorCapture()
        let outcome = Result { try Self.run(state, settings, performer, wake, usesOutput: usesOutput) }
        errors.finish()
        continuation.resume(with: outcome)
      }
      thread.name = "screen"
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}

extension Explore {
  /// Milliseconds since now.
  private static func clock() -> @Sendable () -> Int {
    let start = ContinuousClock.now
    return { Int((ContinuousClock.now - start) / .milliseconds(1)) }
  }

  /// The screen from its first frame to its last, on this thread; the terminal is given back at the end.
  private static func run(
    _ state: AppState, _ settings: Settings, _ performer: EffectRunner, _ wake: WakeUp, usesOutput: Bool
  ) throws -> [DocumentID] {
    let environment = ProcessInfo.processInfo.environment
    do {
      let screen = try CursesScreen(
        wake: wake, color: ColorDepth.detect(environment: environment), usesOutput: usesOutput,
        environment: environment)
      let screenPerformer = ScreenPerformer(
        library: settings.library, folder: UserFolders(environment: environment).state, store: performer)
      var loop = Loop(
        state: state, screen: screen, theme: settings.theme, mailbox: Mailbox(wake: wake.signal),
        performer: screenPerformer, environment: environment, clock: Self.clock(),
        compose: ExternalEditor(environment: environment).edit)
      loop.trace = environment["FATHOM_TRACE"].map { _ in FrameTrace() }
      try loop.run()
      if let file = environment["FATHOM_TRACE"], let trace = loop.trace {
        try? trace.lines.write(toFile: file, atomically: true, encoding: .utf8)
      }
      let states = loop.tabs.states
      // A signal is no choice of theirs.
      return states.contains(where: \.dropsChanges) ? states.flatMap { $0.marks.all.map(\.id) } : []
    } catch {
      throw ExplorerError(.inputOutput, error.message)
    }
  }
}

/// What the person's configuration folder says.
private struct Settings: Sendable {
  var keymap: Keymap
  var theme: Theme
  var problems: [String]
  let library: ThemeLibrary
  private var remembered: ScreenMemory

  /// False where the mouse costs more than it gives; nil leaves it to what was chosen before.
  let hearsMouse: Bool?

  /// What was chosen before, with what this start asks for.
  var memory: ScreenMemory {
    var memory = remembered
    memory.theme = theme.name
    return memory
  }

  init(environment: [String: String], theme name: String?) {
    remembered = ScreenMemory.read(folder: UserFolders(environment: environment).state)
    hearsMouse = remembered.mouse == nil && GNUScreen.isAround(environment) ? false : nil
    let folder = UserFolders(environment: environment).configuration
    let keys = (try? String(contentsOfFile: "\(folder)/keys.toml", encoding: .utf8)).map {
      KeymapFile(text: $0)
    }
    keymap = keys?.keymap ?? Keymap()
    let executable =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "fathom"
    library = ThemeLibrary(environment: environment, executable: executable)
    let chosen = library.theme(name ?? remembered.theme ?? "default")
    theme = chosen.theme
    problems = (keys?.problems ?? []) + chosen.problems
  }
}
