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

  /// Other names that people write; read but never printed.
  private static let aliases: [String: String] = [
    "escape": "esc", "return": "enter", "pageup": "pgup", "pagedown": "pgdn", "del": "delete",
    "ins": "insert",
    // What a terminal sends for these cannot be told from the key.
    "c-i": "tab", "c-m": "enter", "c-j": "enter", "c-[": "esc", "c-@": "C-space",
  ]

  /// Reads the notation of `keys.toml`: "a", "G", "space", "C-s", "M-x", "F1", "S-tab".
  ///
  /// Names of keys are read in upper and lower case. Nil for what no terminal sends, such as "C-1".
  public init?(_ name: String) {
    let lower = name.lowercased()
    let name = Self.aliases[lower] ?? name
    if name.count == 1, let character = name.first {
      self = .character(character)
    } else if let known = Self.names.first(where: { $0.name.lowercased() == name.lowercased() }) {
      self = known.key
    } else if let base = Self.base(of: name, after: "C-") {
      guard base.isASCII, base.isLowercase || "\\]^_ ".contains(base) else { return nil }
      self = .control(base)
    } else if let base = Self.base(of: name, after: "M-") {
      self = .alt(base)
    } else if lower.hasPrefix("f"), name.dropFirst().allSatisfy(\.isNumber),
      let number = Int(name.dropFirst()),
      (1...24).contains(number)
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The character that a modifier is held with; Control takes no notice of upper case.
  private static func base(of name: String, after prefix: String) -> Character? {
    guard name.uppercased().hasPrefix(prefix) else { return nil }
    let rest = name.dropFirst(prefix.count)
    if rest.lowercased() == "space" { return " " }
    guard rest.count == 1 else { return nil }
    return prefix == "C-" ? rest.lowercased().first : rest.first
  }

  /// The same notation.
  public var description: String {
    if let known = Self.names.first(where: { $0.key == self }) { return known.name }
    switch self {
    case .character(let character): return String(character)
    case .control(" "): return "C-space"
    case .control(let character): return "C-\(character)"
    case .alt(" "): return "M-space"
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
