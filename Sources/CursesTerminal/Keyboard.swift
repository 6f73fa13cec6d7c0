import CNcurses
import Terminal

/// Makes events of what curses reads: Alt combinations, pastes, double clicks.
struct Keyboard {
  /// More than this of one paste is dropped.
  private static let longestPaste = 1 << 20
  private static let doubleClick = Duration.milliseconds(400)

  private var paste: String.UnicodeScalarView?
  private var lastPress: (point: Point, time: ContinuousClock.Instant)?

  /// The next event that waits; never blocks.
  mutating func next() -> Event? {
    while true {
      let input = cn_next()
      guard input.kind != CN_NOTHING else { return nil }
      if let event = event(input) { return event }
    }
  }

  private mutating func event(_ input: cn_input) -> Event? {
    switch input.kind {
    case CN_KEY where input.code == CN_PASTE_BEGIN.rawValue:
      paste = String.UnicodeScalarView()
      return nil
    case CN_KEY where input.code == CN_PASTE_END.rawValue:
      defer { paste = nil }
      return paste.map { .paste(String($0)) }
    case CN_TEXT where paste != nil:
      keep(input.code)
      return nil
    case CN_TEXT: return text(input.code)
    case CN_FUNCTION: return .key(.function(Int(input.code)))
    case CN_KEY: return Self.keys[UInt32(input.code)].map { .key($0) }
    case CN_MOUSE: return mouse(input)
    default: return nil
    }
  }

  private mutating func keep(_ code: Int32) {
    guard let scalar = Unicode.Scalar(UInt32(bitPattern: code)), (paste?.count ?? 0) < Self.longestPaste
    else { return }
    // Terminals send the Return key for a line break in a paste.
    paste?.append(scalar == "\r" ? "\n" : scalar)
  }

  private mutating func text(_ code: Int32) -> Event? {
    switch code {
    case 9: return .key(.tab)
    case 10, 13: return .key(.enter)
    case 8, 127: return .key(.backspace)
    case 27: return escape()
    case 0: return .key(.control(" "))
    case 1...26: return .key(.control(Character(Unicode.Scalar(UInt8(code + 96)))))
    case 28...31: return .key(.control(Character(Unicode.Scalar(UInt8(code + 64)))))
    default: return Unicode.Scalar(UInt32(bitPattern: code)).map { .key(.character(Character($0))) }
    }
  }

  /// Escape alone, Alt with a character, or a sequence that terminfo does not name, which is swallowed.
  private mutating func escape() -> Event? {
    let second = cn_next()
    guard second.kind == CN_TEXT else {
      return second.kind == CN_NOTHING ? .key(.escape) : event(second)
    }
    guard second.code == 0x5B || second.code == 0x4F else {
      guard second.code >= 0x20, second.code != 127,
        let scalar = Unicode.Scalar(UInt32(bitPattern: second.code))
      else { return .key(.escape) }
      return .key(.alt(Character(scalar)))
    }
    var rest = cn_next()
    if rest.kind == CN_NOTHING { return .key(.alt(second.code == 0x5B ? "[" : "O")) }
    while rest.kind == CN_TEXT, !(0x40...0x7E).contains(rest.code) { rest = cn_next() }
    return nil
  }

  private mutating func mouse(_ input: cn_input) -> Event? {
    let point = Point(x: Int(input.x), y: Int(input.y))
    switch input.mouse {
    case CN_WHEEL_UP: return .mouse(Mouse(point: point, action: .wheelUp))
    case CN_WHEEL_DOWN: return .mouse(Mouse(point: point, action: .wheelDown))
    case CN_RELEASE: return .mouse(Mouse(point: point, action: .release))
    case CN_PRESS:
      let now = ContinuousClock.now
      if let last = lastPress, last.point == point, now - last.time < Self.doubleClick {
        lastPress = nil
        return .mouse(Mouse(point: point, action: .doubleClick))
      }
      lastPress = (point, now)
      return .mouse(Mouse(point: point, action: .press))
    default: return nil
    }
  }

  private static let keys: [UInt32: Key] = [
    CN_UP.rawValue: .up, CN_DOWN.rawValue: .down, CN_LEFT.rawValue: .left, CN_RIGHT.rawValue: .right,
    CN_HOME.rawValue: .home, CN_END.rawValue: .end, CN_PAGE_UP.rawValue: .pageUp,
    CN_PAGE_DOWN.rawValue: .pageDown, CN_INSERT.rawValue: .insert, CN_DELETE.rawValue: .delete,
    CN_BACKSPACE.rawValue: .backspace, CN_ENTER.rawValue: .enter, CN_BACK_TAB.rawValue: .backTab,
    CN_SHIFT_UP.rawValue: .shiftUp, CN_SHIFT_DOWN.rawValue: .shiftDown, CN_SHIFT_LEFT.rawValue: .shiftLeft,
    CN_SHIFT_RIGHT.rawValue: .shiftRight, CN_CONTROL_LEFT.rawValue: .controlLeft,
    CN_CONTROL_RIGHT.rawValue: .controlRight,
  ]
}
