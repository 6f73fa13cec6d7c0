import CNcurses
import Foundation
import Terminal

/// The real terminal, through ncurses.
///
/// Make, use and drop it on one thread; there can be one at a time.
public struct CursesScreen: Screen, ~Copyable {
  private let wake: WakeUp
  private let input: Int32
  private let output: Int32
  private var colors: ColorTable
  private var keyboard = Keyboard()
  private var shown: Frame?
  public private(set) var size: Size
  public let supportsUnicode: Bool

  /// Takes the terminal on standard output, or `/dev/tty` where `usesOutput` is false; keys come from standard input,
  /// or from `/dev/tty` when that is a pipe.
  ///
  /// With the `environment` exact colours are shown where ``DirectColor`` can. ``TerminalCheck`` should have found no
  /// problem.
  public init(
    wake: WakeUp, color: ColorDepth, usesOutput: Bool = true, environment: [String: String] = [:]
  ) throws(ScreenError) {
    let descriptor = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ScreenError(.notATerminal, "there is no terminal to read keys from")
    }
    let output = usesOutput ? STDOUT_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
    let terminfo = DirectColor.terminfo(environment: environment, depth: color)
    guard output >= 0, cn_start(descriptor, output, wake.descriptor, terminfo) else {
      throw ScreenError(.unknownTerminal, "ncurses cannot use this terminal; check TERM")
    }
    self.wake = wake
    input = descriptor
    self.output = output
    colors = ColorTable(
      depth: color, colors: Int(cn_colors()), indexed: Int(cn_indexed_colors()),
      pairs: Int(cn_pairs()))
    supportsUnicode = cn_unicode()
    size = Self.currentSize
  }

  deinit {
    cn_stop()
    if input != STDIN_FILENO { close(input) }
    if output != STDOUT_FILENO { close(output) }
  }

  private static var currentSize: Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    cn_size(&columns, &rows)
    return Size(width: Int(columns), height: Int(rows))
  }

  public mutating func present(_ frame: Frame) throws(ScreenError) {
    frame.changes(since: shown) { x, y, cell in
      if x < size.width, y < size.height { put(cell, in: frame, x, y) }
    }
    shown = frame
    if let cursor = frame.cursor, cursor.x < size.width, cursor.y < size.height {
      cn_refresh(Int32(cursor.x), Int32(cursor.y))
    } else {
      cn_refresh(-1, -1)
    }
  }

  private mutating func put(_ cell: Cell, in frame: Frame, _ x: Int, _ y: Int) {
    guard cell.content != .continuation else { return }
    let pair = colors.pair(for: cell.style)
    let modifiers = Int32(cell.style.modifiers.rawValue)
    if let scalar = cell.content.scalar, scalar.isASCII {
      var plain = Int32(scalar.value)
      return cn_put(Int32(x), Int32(y), &plain, 1, modifiers, pair)
    }
    guard let character = cell.content.character else { return }
    let isWide = x + 1 < frame.size.width && frame[x + 1, y].content == .continuation
    let text = CellText(character, columns: isWide ? 2 : 1, unicode: supportsUnicode) { Int(cn_width($0)) }
    for (offset, scalars) in text.cells.enumerated() {
      cn_put(Int32(x + offset), Int32(y), scalars, Int32(scalars.count), modifiers, pair)
    }
  }

  public mutating func redraw() {
    shown = nil
    cn_redraw()
  }

  public mutating func hearMouse(_ on: Bool) { cn_mouse(on) }

  public mutating func send(_ sequence: ClipboardSequence) {
    // curses has written all of a frame when it returns.
    var rest = sequence.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  public mutating func suspend() throws(ScreenError) {
    cn_suspend()
    size = Self.currentSize
    shown = nil
  }

  public mutating func lend<R>(_ body: () -> R) -> R {
    cn_lend()
    let result = body()
    cn_take_back()
    size = Self.currentSize
    shown = nil
    return result
  }

  public mutating func nextEvent(timeout: Duration?) throws(ScreenError) -> Event? {
    // A signal before a key: a resize must be known when the key is answered.
    if let event = signalled() ?? keyboard.next() { return event }
    let milliseconds = timeout.map { Int32(clamping: Int64(($0 / .milliseconds(1)).rounded(.up))) }
    if milliseconds == 0 { return nil }
    cn_wait(milliseconds ?? -1)
    return signalled() ?? keyboard.next()
  }

  private mutating func signalled() -> Event? {
    switch cn_take_signal() {
    case CN_SIGNAL_END: return .terminate
    case CN_SIGNAL_STOP:
      // Asked for from outside: what Ctrl-z does, for the modes must be given back first.
      cn_suspend()
      size = Self.currentSize
      shown = nil
      return .resize(size)
    case CN_SIGNAL_CONTINUE:
      // Stopped without being asked: whoever had the terminal meanwhile may have changed its modes.
      cn_take_back()
      size = Self.currentSize
      shown = nil
      return .resize(size)
    case CN_SIGNAL_RESIZE:
      size = Self.currentSize
      redraw()
      return .resize(size)
    default: return nil
    }
  }
}
