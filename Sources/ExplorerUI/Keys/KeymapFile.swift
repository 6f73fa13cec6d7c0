import TOMLKit
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
    let tree: [String: Node]
    do {
      tree = try TOMLDecoder().decode([String: Node].self, from: text)
    } catch {
      problems = ["\(name): \(TOMLProblem.describe(error))"]
      return
    }
    let lines = TOMLLines(text)
    var taken: [Scope: [[Key]: Command]] = [:]
    for (path, spelled) in KeymapFile.flatten(tree).sorted(by: { $0.0 < $1.0 }) {
      guard let command = Command(rawValue: path) else {
        let guess = Suggestion.nearest(to: path, among: Command.allCases.map(\.rawValue))
        problems.append(
          "\(lines.place(of: path, in: name)): there is no command \"\(path)\"\(guess.map { "; did you mean \"\($0)\"?" } ?? "")"
        )
        continue
      }
      var sequences: [[Key]] = []
      for text in spelled {
        guard let keys = Key.sequence(text), !keys.isEmpty else {
          problems.append(
            "\(lines.place(of: path, in: name)): \(path): \"\(text)\" is no key; write d, C-s, space, F5 or \"g g\""
          )
          continue
        }
        if let other = taken[command.scope]?[keys] {
          problems.append(
            "\(lines.place(of: path, in: name)): \"\(text)\" is given to \(other.rawValue) and to \(path); \(other.rawValue) keeps it"
          )
          continue
        }
        taken[command.scope, default: [:]][keys] = command
        sequences.append(keys)
      }
      keymap.bind(command, to: sequences)
    }
    reportTakenDefaults(taken, lines, name: name)
    reportUnreachable(taken, lines, name: name)
  }

  /// Keys that do something else than the file, or the list of commands, says.
  private mutating func reportUnreachable(
    _ taken: [Scope: [[Key]: Command]], _ lines: TOMLLines, name: String
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
          let place = lines.place(of: command.rawValue, in: name)
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
        "\(lines.place(of: owner.rawValue, in: name)): \(owner.rawValue) hides the keys of \(commands.joined(separator: ", "))"
      )
    }
  }

  private mutating func reportTakenDefaults(
    _ taken: [Scope: [[Key]: Command]], _ lines: TOMLLines, name: String
  ) {
    for command in Command.allCases where keymap.labels(of: command).isEmpty {
      for text in command.definition.keys {
        guard let keys = Key.sequence(text), let owner = taken[command.scope]?[keys], owner != command else {
          continue
        }
        problems.append(
          "\(lines.place(of: owner.rawValue, in: name)): \"\(text)\" now does \(owner.rawValue); \(command.rawValue) has no key left"
        )
      }
    }
  }

  private static func flatten(_ tree: [String: Node], under prefix: String = "") -> [(String, [String])] {
    tree.flatMap { name, node in
      switch node {
      case .keys(let keys): [(prefix + name, keys)]
      case .table(let inner): flatten(inner, under: prefix + name + ".")
      }
    }
  }

  private indirect enum Node: Decodable {
    case keys([String])
    case table([String: Node])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(String.self) {
        self = .keys([one])
      } else if let many = try? container.decode([String].self) {
        self = .keys(many)
      } else {
        self = .table(try container.decode([String: Node].self))
      }
    }
  }
}
