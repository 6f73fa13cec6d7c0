import Terminal

/// Which keys do what, per scope.
///
/// Made from the one list of commands; `keys.toml` changes it.
public struct Keymap: Sendable, Equatable {
  /// What the keys typed so far mean.
  public enum Match: Sendable, Equatable {
    case command(Command)
    /// The start of a longer chord: wait for the next key.
    case prefix
    case none
  }

  private var commands: [Scope: [[Key]: Command]] = [:]
  private var keys: [Command: [[Key]]] = [:]

  /// The keys of the list of commands.
  public init() {
    for command in Command.allCases {
      bind(command, to: command.definition.keys.compactMap(Key.sequence))
    }
  }

  /// Gives a command these keys and no others.
  ///
  /// A key that another command of its scope has is taken from it.
  mutating func bind(_ command: Command, to sequences: [[Key]]) {
    for old in keys[command] ?? [] { commands[command.scope]?[old] = nil }
    for sequence in sequences {
      if let other = commands[command.scope]?[sequence] { keys[other]?.removeAll { $0 == sequence } }
      commands[command.scope, default: [:]][sequence] = command
    }
    keys[command] = sequences
  }

  /// The command that has exactly these keys in a scope.
  func owner(of sequence: [Key], in scope: Scope) -> Command? { commands[scope]?[sequence] }

  /// Looks the keys up, innermost scope first.
  ///
  /// While `typing`, keys that are text belong to the line.
  public func match(_ pending: [Key], in scopes: [Scope], typing: Bool = false) -> Match {
    guard let first = pending.first else { return .none }
    if typing, case .character = first { return .none }
    for scope in scopes {
      if let command = commands[scope]?[pending] { return .command(command) }
    }
    let isPrefix = scopes.contains { scope in
      commands[scope]?.keys.contains { $0.count > pending.count && $0.starts(with: pending) } ?? false
    }
    return isPrefix ? .prefix : .none
  }

  /// What is done instead of `command` where these keys are typed: another has them further in, or begins so and does
  /// not wait for the rest; nil when nothing is.
  func obstacle(
    to sequence: [Key], of command: Command, in scopes: [Scope]
  ) -> (keys: [Key], command: Command)? {
    for length in 1...sequence.count {
      let typed = Array(sequence.prefix(length))
      if case .command(let other) = match(typed, in: scopes), other != command { return (typed, other) }
    }
    return nil
  }

  /// The keys of a command.
  func sequences(of command: Command) -> [[Key]] { keys[command] ?? [] }

  /// What the keys typed so far may go on with: the rest of a chord as people read it, and what it does.
  func continuations(of pending: [Key], in scopes: [Scope]) -> [(label: String, command: Command)] {
    scopes.flatMap { scope in
      Command.allCases.filter { $0.scope == scope }.compactMap { command in
        let chord = keys[command]?.first { $0.count > pending.count && $0.starts(with: pending) }
        return chord.map { (Keymap.spelled($0.dropFirst(pending.count)), command) }
      }
    }
  }

  /// Every key of a command, in the notation of `keys.toml`; the first is the one that lists show.
  public func labels(of command: Command) -> [String] {
    (keys[command] ?? []).map { $0.map(\.description).joined(separator: " ") }
  }

  /// The first key of a command as people read it: "Ctrl-s", "Space"; nil when it has none.
  public func label(of command: Command) -> String? {
    labels(of: command).first.map(Keymap.spelled)
  }

  /// Keys one after the other, as people read them.
  static func spelled(_ keys: some Sequence<Key>) -> String {
    spelled(keys.map(\.description).joined(separator: " "))
  }

  /// The notation of `keys.toml` as people read it.
  static func spelled(_ notation: String) -> String {
    notation.split(separator: " ").map { part in
      var text = String(part)
      var prefix = ""
      for (short, long) in [("C-", "Ctrl-"), ("M-", "Alt-"), ("S-", "Shift-")] where text.hasPrefix(short) {
        prefix = long
        text.removeFirst(2)
      }
      return prefix + (text.count > 1 ? text.prefix(1).uppercased() + text.dropFirst() : text)
    }.joined(separator: " ")
  }
}
