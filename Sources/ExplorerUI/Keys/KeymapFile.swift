import Terminal

/// A person's `keys.toml`: `"documents.delete" = ["d"]`, one line for each command that differs.
///
/// An empty list takes a command's keys away. Names may be quoted or dotted. What cannot be followed
/// is left out and said in ``problems``; the rest holds.
public struct KeymapFile: Sendable {
  public private(set) var keymap = Keymap()
  /// Sentences fit for the message line, each with the file's name, the line and the key.
  public private(set) var problems: [String] = []

  /// Reads the text of the file; `name` is what the problems call it.
  public init(text: String, name: String = "keys.toml") {
    let table: TOMLTable
    do { table = try TOMLReader.table(text) } catch {
      problems = ["\(name): \(error)"]
      return
    }
    let entries = Self.flatten(table).sorted { $0.path < $1.path }
    let places = Dictionary(entries.map { ($0.path, "\(name): \($0.item.place)") }) { first, _ in first }
    var taken: [Scope: [[Key]: Command]] = [:]
    for (path, item) in entries {
      let place = "\(name): \(item.place)"
      guard let command = Command(rawValue: path) else {
        let guess = Suggestion.nearest(to: path, among: Command.allCases.map(\.rawValue))
        problems.append(
          "\(place): there is no command \"\(path)\"\(guess.map { "; did you mean \"\($0)\"?" } ?? "")"
        )
        continue
      }
      let spelled: [String]
      do { spelled = try Self.spelled(item) } catch {
        problems.append("\(name): \(error.place): \(path): \(error.words)")
        continue
      }
      var sequences: [[Key]] = []
      for text in spelled {
        guard let keys = Key.sequence(text), !keys.isEmpty else {
          problems.append(
            "\(place): \(path): \"\(text)\" is no key; write d, C-s, space, F5 or \"g g\""
          )
          continue
        }
        if let other = taken[command.scope]?[keys] {
          problems.append(
            "\(place): \"\(text)\" is given to \(other.rawValue) and to \(path); \(other.rawValue) keeps it"
          )
          continue
        }
        taken[command.scope, default: [:]][keys] = command
        sequences.append(keys)
      }
      keymap.bind(command, to: sequences)
    }
    reportTakenDefaults(taken, places)
    reportUnreachable(taken, places)
  }

  /// Keys that do something else than the file, or the list of commands, says.
  private mutating func reportUnreachable(
    _ taken: [Scope: [[Key]: Command]], _ places: [String: String]
  ) {
    let panes = [AppState.scopes(of: .documents), AppState.scopes(of: .detail)]
    var lost: [Command: [String]] = [:]
    for command in Command.allCases {
      let chains = panes.filter { $0.contains(command.scope) }
      for keys in keymap.sequences(of: command) {
        let obstacles = (chains.isEmpty ? [[command.scope]] : chains)
          .compactMap { keymap.obstacle(to: keys, of: command, in: $0) }
        guard let (typed, other) = obstacles.first else { continue }
        if taken[command.scope]?[keys] == command {
          let place = places[command.rawValue, default: ""]
          let reason = typed == keys ? "" : ", without waiting for more"
          problems.append(
            "\(place): \(command.rawValue): \"\(Keymap.spelled(typed))\" does \(other.rawValue) in \(other.scope.title)\(reason)"
          )
        } else if taken[other.scope]?[typed] == other {
          lost[other, default: []].append("\(command.rawValue) (\(Keymap.spelled(keys)))")
        }
      }
    }
    for (owner, commands) in lost.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      problems.append(
        "\(places[owner.rawValue, default: ""]): \(owner.rawValue) hides the keys of \(commands.joined(separator: ", "))"
      )
    }
  }

  private mutating func reportTakenDefaults(
    _ taken: [Scope: [[Key]: Command]], _ places: [String: String]
  ) {
    for command in Command.allCases where keymap.labels(of: command).isEmpty {
      for text in command.definition.keys {
        guard let keys = Key.sequence(text), let owner = taken[command.scope]?[keys], owner != command else {
          continue
        }
        problems.append(
          "\(places[owner.rawValue, default: ""]): \"\(text)\" now does \(owner.rawValue); \(command.rawValue) has no key left"
        )
      }
    }
  }

  private static func spelled(_ item: TOMLItem) throws(TOMLProblem) -> [String] {
    switch item.value {
    case .string(let one): [one]
    case .list: try item.strings()
    default: throw item.expected("a key or a list of keys")
    }
  }

  private static func flatten(_ table: TOMLTable, under prefix: String = "") -> [(
    path: String, item: TOMLItem
  )] {
    table.items.flatMap { name, item in
      if case .table(let inner) = item.value { return flatten(inner, under: prefix + name + ".") }
      return [(prefix + name, item)]
    }
  }
}
