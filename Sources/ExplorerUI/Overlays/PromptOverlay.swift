import Terminal

/// A question answered with one line: a command's name, or what a command still needs.
public struct PromptOverlay: Sendable, Equatable {
  public enum Purpose: Sendable, Equatable {
    /// The `:` prompt.
    case command
    /// The argument of a command: a folder, a number, a text to find.
    case argument(Command)
  }

  public let purpose: Purpose
  public internal(set) var field = TextField()

  /// What stands before the line.
  var label: String {
    switch purpose {
    case .command: ":"
    case .argument(.find): "/"
    case .argument(let command): "\(command.title) (\(command.definition.argument ?? "")): "
    }
  }

  /// The names that the line may become, nearest first; none once an argument is being typed.
  var completions: [String] {
    guard purpose == .command, !field.text.contains(" ") else { return [] }
    let typed = field.text.lowercased()
    let names = Command.allCases.filter { !$0.isLocal && $0 != .prompt }
      .flatMap { [$0.rawValue] + $0.definition.aliases }
    let begins = names.filter { $0.hasPrefix(typed) }
    let contains = names.filter { !$0.hasPrefix(typed) && $0.contains(typed) }
    return typed.isEmpty ? [] : begins + contains
  }

  /// The line with its name completed as far as it is certain, or the first completion.
  mutating func complete() {
    let names = completions
    guard let first = names.first else { return }
    let typed = field.text.lowercased()
    let begins = names.filter { $0.hasPrefix(typed) }
    let common = begins.dropFirst().reduce(begins.first ?? first) { String($0.commonPrefix(with: $1)) }
    field = TextField(common.count > typed.count ? common : first)
  }

  /// What the line asks for: the command and the rest of the line.
  static func parse(_ line: String) -> (command: Command, argument: String?)? {
    let parts = line.trimmed.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = parts.first else { return nil }
    let argument = parts.count > 1 ? parts[1].trimmed : nil
    // ":w folder" writes there, as in vi.
    if argument != nil, name == "w" || name == Command.save.rawValue { return (.saveAs, argument) }
    let all = Command.allCases.filter { !$0.isLocal }
    let found = all.first { $0.rawValue == name || $0.definition.aliases.contains(name) }
    return found.map { ($0, argument) }
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let line = state.arrangement.message
    painter.fill(line, .text)
    let used = painter.write(label, x: line.x + 1, y: line.y, .accent, in: line)
    painter.field(
      field, placeholder: "", x: line.x + 1 + used, y: line.y, width: line.width - used - 2, focused: true)
    let names = Array(completions.prefix(8))
    guard !names.isEmpty, names != [field.text] else { return }
    let width = (names.map(\.count).max() ?? 0) + 4
    let rect = Rect(
      x: line.x + 1, y: line.y - names.count - 2, width: min(60, max(width, 50)), height: names.count + 2)
    painter.window(rect, title: "Tab completes", bottom: nil)
    for (offset, name) in names.enumerated() {
      let y = rect.y + 1 + offset
      painter.write(name, x: rect.x + 2, y: y, offset == 0 ? .accent : .text, in: rect.inset(by: 1))
      guard let help = PromptOverlay.parse(name)?.command.help else { continue }
      let x = rect.x + 2 + 24
      let place = Rect(x: x, y: y, width: rect.maxX - 1 - x, height: 1)
      painter.write(help, x: x, y: y, .dim, in: place, cut: true)
    }
  }
}

extension String {
  func commonPrefix(with other: String) -> Substring {
    var end = startIndex
    for (a, b) in zip(indices, other) {
      guard self[a] == b else { break }
      end = index(after: a)
    }
    return self[..<end]
  }
}
