import Terminal

/// One report of the mouse as terminals write it (xterm's control sequences, "Mouse Tracking").
struct MouseReport: Equatable {
  /// Button, modifiers and movement as bits.
  private let code: Int
  let point: Point
  private let isRelease: Bool

  /// Reads what follows `ESC [ <`: "button;column;row" and "M", or "m" for a release; nil when it is not that.
  init?(sgr text: String) {
    guard let end = text.last, end == "M" || end == "m" else { return nil }
    let numbers = text.dropLast().split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let code = numbers[0], let x = numbers[1], let y = numbers[2],
      (0...255).contains(code), (1...10_000).contains(x), (1...10_000).contains(y)
    else { return nil }
    self.code = code
    point = Point(x: x - 1, y: y - 1)
    isRelease = end == "m"
  }

  /// Reads the three characters after `ESC [ M`, which have 32 added.
  init?(old scalars: [Int32]) {
    guard scalars.count == 3, scalars.allSatisfy({ $0 >= 32 }) else { return nil }
    code = Int(scalars[0]) - 32
    point = Point(x: Int(scalars[1]) - 33, y: Int(scalars[2]) - 33)
    isRelease = code & 3 == 3 && code & 64 == 0
    if point.x < 0 || point.y < 0 { return nil }
  }

  /// What was done; nil for buttons and movements that mean nothing here.
  var action: Mouse.Action? {
    if code & 64 != 0 {
      switch code & 3 {
      case 0: return .wheelUp
      case 1: return .wheelDown
      default: return nil
      }
    }
    if isRelease { return code & 3 == 2 ? nil : .release }
    switch (code & 3, code & 32 != 0) {
    case (0, false): return .press
    case (0, true): return .drag
    case (2, false): return .menu
    default: return nil
    }
  }
}
