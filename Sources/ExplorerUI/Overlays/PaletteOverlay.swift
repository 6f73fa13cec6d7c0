import Terminal

/// Commands found by a few of their letters, best first, each with its key.
public struct PaletteOverlay: Sendable, Equatable {
  public internal(set) var field = TextField()
  public internal(set) var list = ListPosition()

  /// What matches, best first; everything in the list's own order while nothing is typed.
  var commands: [Command] {
    let all = Command.allCases.filter { !$0.isLocal && $0 != .palette }
    guard !field.isEmpty else { return all }
    return all.compactMap { command -> (Command, Int)? in
      let scores = [command.title, command.rawValue].compactMap { Suggestion.fuzzyScore(field.text, in: $0) }
      return scores.max().map { (command, $0) }
    }
    .enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
  }

  var selected: Command? {
    let commands = commands
    return commands.indices.contains(list.selected) ? commands[list.selected] : nil
  }

  func rect(_ arrangement: Arrangement) -> Rect { arrangement.overlay(width: 76, height: 20) }
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: "commands", bottom: painter.hints([.fieldSubmit, .fieldLeave], state.keymap))
    let inner = rect.inset(by: 1)
    painter.field(
      field, placeholder: "a few letters of a command", x: inner.x + 1, y: inner.y, width: inner.width - 2,
      focused: true)
    let commands = commands
    if commands.isEmpty {
      painter.write("no command matches", x: inner.x + 1, y: inner.y + 2, .dim, in: inner)
    }
    for (offset, command) in commands.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let y = inner.y + 2 + offset
      let line = Rect(x: inner.x, y: y, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      let reason = command.disabledReason(in: state)
      painter.write(command.title, x: inner.x + 1, y: y, reason == nil ? .text : .dim, in: line)
      let hint = reason ?? command.help
      let place = Rect(x: inner.x + 20, y: y, width: inner.width - 20 - 10, height: 1)
      painter.write(
        TextWidth.truncate(hint, to: place.width, ellipsis: painter.glyphs.ellipsis), x: place.x, y: y, .dim,
        in: place)
      if let key = state.keymap.label(of: command) {
        painter.write(key, x: inner.maxX - 1 - TextWidth.columns(of: key), y: y, .footerKey, in: line)
      }
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
  }
}
