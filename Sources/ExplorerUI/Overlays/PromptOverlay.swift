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

  /// The word of an argument that is being typed; nil while the line is still a command's name.
  private var typedArgument: Substring? {
    if purpose == .command, !field.text.contains(" ") { return nil }
    return field.text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
  }

  /// What the last word may become: a name, or one of the `arguments` that the command takes.
  func completions(with arguments: [String]) -> [String] {
    guard let typed = typedArgument?.lowercased() else { return completions }
    let begins = arguments.filter { $0.lowercased().hasPrefix(typed) }
    let contains = arguments.filter { !$0.lowercased().hasPrefix(typed) && $0.lowercased().contains(typed) }
    return begins == [typed] ? [] : begins + (typed.isEmpty ? [] : contains)
  }

  /// The line with its last word completed as far as it is certain, or the first completion.
  mutating func complete(_ arguments: [String] = []) {
    let names = completions(with: arguments)
    guard let first = names.first else { return }
    let typed = (typedArgument ?? Substring(field.text)).lowercased()
    let begins = names.filter { $0.lowercased().hasPrefix(typed) }
    let common = begins.dropFirst().reduce(begins.first ?? first) { String($0.commonPrefix(with: $1)) }
    replaceWord(with: common.count > typed.count ? common : first)
  }

  /// Takes one of the completions.
  mutating func take(_ place: Int, _ arguments: [String]) {
    let names = completions(with: arguments)
    if names.indices.contains(place) { replaceWord(with: names[place]) }
  }

  private mutating func replaceWord(with word: String) {
    guard let typed = typedArgument else {
      field = TextField(word)
      return
    }
    field = TextField(field.text.dropLast(typed.count) + word)
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
    let names = Array(completions(with: state.argumentChoices).prefix(8))
    guard !names.isEmpty, names != [field.text] else { return }
    let cursor = painter.frame.cursor
    defer { painter.frame.cursor = cursor }
    let width = (names.map(\.count).max() ?? 0) + 4
    let rect = Rect(
      x: line.x + 1, y: line.y - names.count - 2, width: min(60, max(width, 50)), height: names.count + 2)
    painter.window(rect, title: "Tab completes", bottom: nil)
    for (offset, name) in names.enumerated() {
      let y = rect.y + 1 + offset
      painter.respond(Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1), .entry(offset))
      painter.write(name, x: rect.x + 2, y: y, offset == 0 ? .accent : .text, in: rect.inset(by: 1))
      guard typedArgument == nil, let help = PromptOverlay.parse(name)?.command.help else { continue }
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

extension AppState {
  /// What may follow the command in the prompt, as far as it is known.
  var argumentChoices: [String] {
    guard case .prompt(let prompt) = overlays.last else { return [] }
    let command: Command? =
      switch prompt.purpose {
      case .argument(let command): command
      case .command: PromptOverlay.parse(prompt.field.text)?.command
      }
    switch command {
    case .theme: return looks.themeNames
    case .sort:
      let keys = ["row", "id", "content"] + metadataKeys
      return prompt.field.text.hasSuffix("-") || prompt.field.text.contains(" -")
        ? keys.map { "-" + $0 } : keys
    case .columns: return ["row", "id", "content"] + metadataKeys + ["standard"]
    case .setMetadata: return metadataKeys.map { $0 + "=" }
    case .unsetMetadata: return metadataKeys
    case .lens:
      return ScoreLens.names.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init).filter {
        $0 != "or"
      }
    case .setThreshold: return ["none"]
    case .useEmbedder:
      return ["auto", "minilm", "minilm-fast", "hashing", "openai:", "ollama:", "http://", "command:"]
    default: return []
    }
  }
}
