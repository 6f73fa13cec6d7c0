import CNcurses
import Terminal

/// Makes events of what curses reads: Alt combinations, pastes, the mouse, double clicks.
struct Keyboard {
  private static let doubleClick = Duration.milliseconds(400)
  /// How long the next byte of a paste may take to come, while nothing says that it has ended.
  private static let patience = Duration.seconds(2)
  /// How long what follows the end of a paste may take to be part of it.
  private static let breath = Duration.milliseconds(10)

  /// Characters that were read with a paste but typed after it.
  private var typed: [Int32] = []
  /// The report of the mouse that is being read, which may come in pieces.
  private var report: (isOld: Bool, scalars: [Int32])?
  private var lastPress: (point: Point, time: ContinuousClock.Instant)?

  /// The next event that waits; never blocks, but for the rest of a paste.
  mutating func next() -> Event? {
    while true {
      let input = nextInput()
      guard input.kind != CN_NOTHING else { return nil }
      if let event = event(input) { return event }
    }
  }

  private mutating func nextInput() -> cn_input {
    guard !typed.isEmpty else { return cn_next() }
    return cn_input(kind: CN_TEXT, code: typed.removeFirst())
  }

  private mutating func event(_ input: cn_input) -> Event? {
    if report != nil, input.kind == CN_TEXT { return reported(input.code) }
    report = nil
    switch input.kind {
    case CN_TEXT: return text(input.code)
    case CN_FUNCTION: return .key(.function(Int(input.code)))
    case CN_KEY: return named(input.code)
    default: return nil
    }
  }

  private mutating func named(_ code: Int32) -> Event? {
    switch UInt32(code) {
    case CN_PASTE_BEGIN.rawValue: return .paste(paste())
    case CN_MOUSE_SGR.rawValue: report = (false, [])
    case CN_MOUSE_OLD.rawValue: report = (true, [])
    case CN_FOCUS_IN.rawValue: return .focus(true)
    case CN_FOCUS_OUT.rawValue: return .focus(false)
    default: return Self.keys[UInt32(code)].map { .key($0) }
    }
    return nil
  }

  /// Reads the bytes of a paste as they are: no sequence in it may become a key.
  private mutating func paste() -> String {
    cn_raw_bytes(true)
    defer { cn_raw_bytes(false) }
    var reader = PasteReader()
    var deadline = ContinuousClock.now + Self.patience
    while true {
      let byte = cn_next_byte()
      if byte >= 0 {
        let hadEnded = reader.hasEnded
        reader.take(UInt8(byte))
        // Typing on does not make a paste longer.
        if !reader.hasEnded { deadline = .now + Self.patience }
        if reader.hasEnded, !hadEnded { deadline = .now + Self.breath }
        if !reader.hasEnded || ContinuousClock.now < deadline { continue }
      }
      let left = deadline - .now
      if left <= .zero { break }
      cn_wait(Int32((left / .milliseconds(1)).rounded(.up)))
    }
    // Without an end, as when the terminal was cut off, all of it was pasted.
    if reader.hasEnded { typed = reader.typed }
    return reader.text
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
    let second = nextInput()
    guard second.kind == CN_TEXT else {
      return second.kind == CN_NOTHING ? .key(.escape) : event(second)
    }
    guard second.code == 0x5B || second.code == 0x4F else {
      guard second.code >= 0x20, second.code != 127,
        let scalar = Unicode.Scalar(UInt32(bitPattern: second.code))
      else { return .key(.escape) }
      return .key(.alt(Character(scalar)))
    }
    var rest = nextInput()
    if rest.kind == CN_NOTHING { return .key(.alt(second.code == 0x5B ? "[" : "O")) }
    while rest.kind == CN_TEXT, !(0x40...0x7E).contains(rest.code) { rest = nextInput() }
    return nil
  }

  /// Takes the next character of a report; one that cannot belong to it ends it and means nothing.
  private mutating func reported(_ code: Int32) -> Event? {
    guard var current = report else { return nil }
    current.scalars.append(code)
    report = current
    if current.isOld {
      guard current.scalars.count == 3 else { return nil }
      report = nil
      return MouseReport(old: current.scalars).flatMap { mouse($0) }
    }
    // Digits and semicolons; the longest is "255;10000;10000M".
    if code == 0x3B || (0x30...0x39).contains(code), current.scalars.count < 16 { return nil }
    report = nil
    let text = String(
      String.UnicodeScalarView(current.scalars.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }))
    return MouseReport(sgr: text).flatMap { mouse($0) }
  }

  private mutating func mouse(_ report: MouseReport) -> Event? {
    guard let action = report.action else { return nil }
    guard action == .press else { return .mouse(Mouse(point: report.point, action: action)) }
    let now = ContinuousClock.now
    if let last = lastPress, last.point == report.point, now - last.time < Self.doubleClick {
      lastPress = nil
      return .mouse(Mouse(point: report.point, action: .doubleClick))
    }
    lastPress = (report.point, now)
    return .mouse(Mouse(point: report.point, action: .press))
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
