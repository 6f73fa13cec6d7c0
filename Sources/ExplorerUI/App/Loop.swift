import Dispatch
import Explorer
import Terminal

/// Carries out effects; what it finds out it sends as actions, from any thread.
public protocol Performer: Sendable {
  /// Returns when the effect of a tab is done. Errors become `.failed`; cancellation is silent.
  func perform(_ effect: Effect, in tab: TabID, send: @escaping @Sendable (Action) -> Void) async throws
  /// The store of a tab is closed; with `dropping` its unsaved edits are not kept for the next start.
  func close(_ tab: TabID, dropping: Bool)
}

/// A tab's effect of one slot.
private struct RunSlot: Hashable {
  var tab: TabID
  var id: EffectID
}

/// Owns screen and state: takes all that waits, reduces, draws once, sleeps until woken.
///
/// Lives on one thread. The only place where tasks are made: one for each effect, keyed by its slot.
public struct Loop<S: Screen & ~Copyable>: ~Copyable {
  public private(set) var tabs: Tabs
  public var screen: S
  private let theme: Theme
  private let mailbox: Mailbox
  private let performer: any Performer
  private let compose: Composer
  private let environment: [String: String]
  private var runs: [RunSlot: (number: Int, task: Task<Void, Never>)] = [:]
  private var lastRun = 0
  /// Milliseconds on a clock that only goes forward, and what it said last.
  private let clock: @Sendable () -> Int
  private var lastTime: Int
  /// Notes how long each key takes to its frame; nil when nobody asks.
  public var trace: FrameTrace?

  /// Lets the person edit a text in the terminal that the screen has lent; nil when it is to stay as it was.
  public typealias Composer = @Sendable (String) throws(ExplorerError) -> String?

  /// The mailbox must wake the screen; `clock` counts milliseconds.
  public init(
    state: AppState, screen: consuming S, theme: Theme, mailbox: Mailbox, performer: any Performer,
    environment: [String: String] = [:], clock: @escaping @Sendable () -> Int = { 0 },
    compose: @escaping Composer = { _ throws(ExplorerError) in nil }
  ) {
    self.environment = environment
    self.compose = compose
    self.clock = clock
    lastTime = clock()
    tabs = Tabs(state)
    self.screen = screen
    self.theme = theme
    self.mailbox = mailbox
    self.performer = performer
  }

  /// What is on the screen.
  public var state: AppState { tabs.current }
  public var isFinished: Bool { tabs.isFinished }

  /// Runs until the person leaves or the terminal is gone.
  ///
  /// Uses no processor time while nothing happens.
  public mutating func run() throws(ScreenError) {
    try begin()
    while !isFinished { try step(timeout: nil) }
    stopWork()
    for state in tabs.states { performer.close(state.tab, dropping: state.dropsChanges) }
  }

  /// Cancels what runs, and gives what writes files a moment to take away those that are not finished.
  private func stopWork() {
    for run in runs.values { run.task.cancel() }
    let tasks = runs.filter { $0.key.id == .edit || $0.key.id == .build }.map(\.value.task)
    guard !tasks.isEmpty else { return }
    let stopped = DispatchSemaphore(value: 0)
    Task.detached {
      for task in tasks { await task.value }
      stopped.signal()
    }
    _ = stopped.wait(timeout: .now() + Self.patience)
  }

  private static var patience: DispatchTimeInterval { .seconds(2) }

  /// Starts what the first screen needs and draws it.
  public mutating func begin() throws(ScreenError) {
    tabs.current.usesUnicode = screen.supportsUnicode
    try apply(.event(.resize(screen.size)))
    try apply(.start)
    try present()
  }

  /// Waits for one event or message, takes all others that wait, and draws once.
  public mutating func step(timeout: Duration?) throws(ScreenError) {
    var event = try screen.nextEvent(timeout: timeout)
    trace?.begin(event)
    try passTime()
    while let next = event, !isFinished {
      try apply(.event(next))
      event = isFinished ? nil : try screen.nextEvent(timeout: .zero)
    }
    try deliver()
    if !isFinished { try present() }
    let isSearching = state.jobs.isRunning(.search)
    trace?.end(isSearching: isSearching)
  }

  /// Waits until no effect runs, but for those in slots that are `left` alone, and no message waits; then draws.
  ///
  /// For tests: it never sleeps.
  public mutating func settle(leaving left: Set<EffectID> = []) async throws {
    repeat {
      for (slot, run) in runs where !left.contains(slot.id) { await run.task.value }
      try deliver()
    } while runs.keys.contains { !left.contains($0.id) }
    if !isFinished { try present() }
  }

  private mutating func present() throws(ScreenError) {
    try screen.present(
      draw(
        state, size: screen.size, theme: state.looks.theme ?? theme, unicode: screen.supportsUnicode))
  }

  /// Tells those tabs in which something runs how much time went by.
  private mutating func passTime() throws(ScreenError) {
    let now = clock()
    let passed = now - lastTime
    lastTime = now
    guard passed > 0 else { return }
    for state in tabs.states where !state.jobs.isIdle {
      try apply(.passed(milliseconds: passed), in: state.tab)
    }
  }

  private mutating func deliver() throws(ScreenError) {
    for letter in mailbox.drain() {
      guard let number = letter.run else {
        try apply(letter.action)
        continue
      }
      // An effect that was replaced may end after its successor has started.
      guard let slot = runs.first(where: { $0.value.number == number })?.key else { continue }
      if case .finished = letter.action { runs[slot] = nil }
      try apply(letter.action, in: slot.tab)
    }
  }

  private mutating func apply(_ action: Action, in tab: TabID? = nil) throws(ScreenError) {
    for (tab, effect) in tabs.take(action, in: tab) {
      switch effect {
      case .redraw: screen.redraw()
      case .hearMouse(let on): screen.hearMouse(on)
      case .sendToTerminal(let text, let title):
        guard let sequence = ClipboardSequence(text, environment: environment) else {
          start(.keepCopy(text, title: title), in: tab)
          continue
        }
        screen.send(sequence)
        try apply(
          .copied(title, bytes: text.utf8.count, place: "through the terminal, if it allows that (OSC 52)"),
          in: tab)
      case .suspend: try screen.suspend()
      case .compose(let id, let text):
        let compose = compose
        let result = screen.lend { Result { () throws(ExplorerError) in try compose(text) } }
        switch result {
        case .success(let new?) where new != text: try apply(.composed(id, new), in: tab)
        case .success: break
        case .failure(let error): try apply(.failed(.edit, error.message), in: tab)
        }
      case .cancel(let id):
        let slot = RunSlot(tab: tab, id: id)
        runs[slot]?.task.cancel()
        // A cancelled edit may have been done all the same; its answer must still be heard.
        if id != .edit { runs[slot] = nil }
      case .close(let dropping):
        for slot in runs.keys where slot.tab == tab {
          runs[slot]?.task.cancel()
          runs[slot] = nil
        }
        performer.close(tab, dropping: dropping)
      default: start(effect, in: tab)
      }
    }
  }

  private mutating func start(_ effect: Effect, in tab: TabID) {
    let slot = RunSlot(tab: tab, id: effect.id)
    runs[slot]?.task.cancel()
    lastRun += 1
    let number = lastRun
    // Threads of the lowest class are a nicer 10 on Linux, too: the one that draws does not wait for one that computes.
    let task = Task.detached(priority: .background) { [mailbox, performer] in
      do {
        try await performer.perform(effect, in: tab) { mailbox.post(.init(action: $0, run: number)) }
      } catch is CancellationError {
      } catch {
        mailbox.post(.init(action: .failed(slot.id, ExplorerError(error).message), run: number))
      }
      mailbox.post(.init(action: .finished(slot.id), run: number))
    }
    runs[slot] = (number, task)
  }
}
