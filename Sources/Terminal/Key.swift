/// A key as the terminal reports it.
public enum Key: Sendable, Hashable {
  case character(Character)
  /// A lower-case letter, or one of `@[\]^_` and the blank.
  case control(Character)
  case alt(Character)
  case up, down, left, right, home, end, pageUp, pageDown, insert, delete, backspace
  case enter, escape, tab, backTab
  case function(Int)
  case shiftUp, shiftDown, shiftLeft, shiftRight, controlLeft, controlRight
}

extension Key: CustomStringConvertible {
  private static let names: [(name: String, key: Key)] = [
    ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home), ("end", .end),
    ("pgup", .pageUp), ("pgdn", .pageDown), ("insert", .insert), ("delete", .delete),
    ("backspace", .backspace), ("enter", .enter), ("esc", .escape), ("tab", .tab), ("S-tab", .backTab),
    ("S-up", .shiftUp), ("S-down", .shiftDown), ("S-left", .shiftLeft), ("S-right", .shiftRight),
    ("C-left", .controlLeft), ("C-right", .controlRight), ("space", .character(" ")),
  ]

  /// Reads the notation of `keys.toml`: "a", "G", "space", "C-s", "M-x", "F1", "S-tab".
  public init?(_ name: String) {
    if let known = Self.names.first(where: { $0.name == name }) {
      self = known.key
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else if name == "C-space" {
      self = .control(" ")
    } else if name.hasPrefix("C-"), name.count == 3, let character = name.lowercased().last {
      self = .control(character)
    } else if name.hasPrefix("M-"), name.count == 3, let character = name.last {
      self = .alt(character)
    } else if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The same notation.
  public var description: String {
    if let known = Self.names.first(where: { $0.key == self }) { return known.name }
    switch self {
    case .character(let character): return String(character)
    case .control(" "): return "C-space"
    case .control(let character): return "C-\(character)"
    case .alt(let character): return "M-\(character)"
    case .function(let number): return "F\(number)"
    default: return "?"
    }
  }

  /// Keys to be pressed one after the other, separated by blanks: "g g".
  ///
  /// Nil when one is unknown.
  public static func sequence(_ text: String) -> [Key]? {
    let keys = text.split(separator: " ").map { Key(String($0)) }
    return keys.contains(nil) ? nil : keys.compactMap { $0 }
  }
}
