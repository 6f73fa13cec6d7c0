/// What a mouse did.
public struct Mouse: Sendable, Hashable {
  public enum Action: Sendable, Hashable {
    /// The first button. A press soon after one at the same place is a double click instead.
    case press, release, doubleClick
    /// The first button is held and the pointer is somewhere else now.
    case drag
    /// The button that asks for a menu.
    case menu
    case wheelUp, wheelDown
  }

  public var point: Point
  public var action: Action

  public init(point: Point, action: Action) {
    self.point = point
    self.action = action
  }
}

/// What a person, or the system for them, did to the terminal.
public enum Event: Sendable, Hashable {
  case key(Key)
  case mouse(Mouse)
  /// Text pasted in one piece, line breaks kept.
  case paste(String)
  case resize(Size)
  /// The terminal's window has, or has lost, the keyboard.
  case focus(Bool)
  /// A request to end (SIGTERM, SIGHUP), or the terminal is gone.
  case terminate
}

/// Why a terminal cannot be used, with what to do.
public struct ScreenError: Error, Hashable {
  public enum Code: String, Sendable { case notATerminal, unknownTerminal, tooSmall, system }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A place to show frames and hear events.
///
/// One thread owns it; deliberately not `Sendable`.
public protocol Screen: ~Copyable {
  var size: Size { get }
  /// False in a locale that cannot show box drawing and other letters than ASCII.
  var supportsUnicode: Bool { get }
  /// Shows a frame; what equals the last one is not written again.
  mutating func present(_ frame: Frame) throws(ScreenError)
  /// Waits for an event, a wake-up or the end of `timeout`; nil means one of the latter two.
  mutating func nextEvent(timeout: Duration?) throws(ScreenError) -> Event?
  /// Gives the terminal back, stops the process as Ctrl-Z does, and shows everything again later.
  mutating func suspend() throws(ScreenError)
  /// Gives the terminal back while `body` runs, for another program to use, and shows everything again.
  mutating func lend<R>(_ body: () -> R) -> R
  /// Writes every cell again with the next frame.
  mutating func redraw()
  /// Hears the mouse, or leaves it to the terminal, where people then can select text. Off at first.
  mutating func hearMouse(_ on: Bool)
  /// Sends the terminal a sequence that moves nothing and shows nothing, between two frames.
  mutating func send(_ sequence: ClipboardSequence)
}

/// A screen without a terminal: events come from a list, frames are kept.
public struct MemoryScreen: Screen {
  public private(set) var size: Size
  public var supportsUnicode = true
  /// Events still to come.
  public private(set) var events: [Event] = []
  public private(set) var frames: [Frame] = []
  public private(set) var suspensions = 0
  public private(set) var redraws = 0
  public private(set) var hearsMouse = false
  public private(set) var sequences: [ClipboardSequence] = []

  public init(size: Size) { self.size = size }

  public mutating func send(_ event: Event) { events.append(event) }

  public mutating func present(_ frame: Frame) throws(ScreenError) { frames.append(frame) }

  /// The next event of the list; never waits.
  public mutating func nextEvent(timeout: Duration?) throws(ScreenError) -> Event? {
    guard !events.isEmpty else { return nil }
    let event = events.removeFirst()
    if case .resize(let size) = event { self.size = size }
    return event
  }

  public mutating func suspend() throws(ScreenError) { suspensions += 1 }

  public mutating func lend<R>(_ body: () -> R) -> R { body() }

  public mutating func redraw() { redraws += 1 }

  public mutating func hearMouse(_ on: Bool) { hearsMouse = on }

  public mutating func send(_ sequence: ClipboardSequence) { sequences.append(sequence) }
}
