import Terminal

/// Every command with its keys, those of the focused pane first; typing narrows by word or by key.
public struct HelpOverlay: Sendable, Equatable {
  public internal(set) var field = TextField()
  public internal(set) var top = 0
  /// The scopes that were live when help was asked for.
  let scopes: [Scope]

  struct Line: Sendable, Equatable {
    /// A heading when nil.
    var command: Command?
    var keys: String
    var text: String
  }

  /// Headings and commands, top to bottom.
  func lines(_ keymap: Keymap) -> [Line] {
    let order = scopes + Scope.allCases.filter { !scopes.contains($0) }
    return order.flatMap { scope -> [Line] in
      let commands = Command.allCases.filter { $0.scope == scope && matches($0, keymap) }
      guard !commands.isEmpty else { return [] }
      let rows = commands.map { command in
        let keys = keymap.labels(of: command).map(Keymap.spelled).joined(separator: ", ")
        return Line(command: command, keys: keys, text: command.help)
      }
      return [Line(command: nil, keys: "", text: scope.title)] + rows
    }
  }

  private func matches(_ command: Command, _ keymap: Keymap) -> Bool {
    let wanted = field.text.trimmed
    guard !wanted.isEmpty else { return true }
    let keys = keymap.labels(of: command)
    // A single letter is a key, and keys tell d from D.
    if keys.contains(wanted)
      || keys.map(Keymap.spelled).contains(where: { $0.lowercased() == wanted.lowercased() })
    {
      return true
    }
    guard wanted.count > 1 else { return false }
    let text = "\(command.rawValue) \(command.title) \(command.help)".lowercased()
    return wanted.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 90, height: arrangement.size.height - 4)
  }

  /// Lines shown at once: the frame, the line being typed and one empty line are not among them.
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }
}

extension HelpOverlay {
  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    let hints = "type to search by word or key · \(painter.arrows) scroll · Esc closes"
    painter.window(rect, title: "help", bottom: painter.plain(hints))
    let inner = rect.inset(by: 1)
    painter.field(
      field, placeholder: "search: a word, or a key such as Ctrl-s", x: inner.x + 1, y: inner.y,
      width: inner.width - 2,
      focused: true)
    let lines = lines(state.keymap)
    guard !lines.isEmpty else {
      painter.write("no command matches", x: inner.x + 1, y: inner.y + 2, .dim, in: inner)
      return
    }
    for (offset, line) in lines.dropFirst(top).prefix(height(state.arrangement)).enumerated() {
      let y = inner.y + 2 + offset
      painter.respond(Rect(x: inner.x, y: y, width: inner.width, height: 1), .entry(top + offset))
      guard let command = line.command else {
        painter.write(line.text, x: inner.x + 1, y: y, .overlayTitle, in: inner)
        continue
      }
      painter.write(
        line.keys, x: inner.x + 3, y: y, .footerKey, in: Rect(x: inner.x, y: y, width: 23, height: 1),
        cut: true)
      let x = inner.x + 24
      let used = painter.write(line.text, x: x, y: y, .text, in: inner, cut: true)
      let name = command.rawValue
      if x + used + name.count + 3 < inner.maxX {
        painter.write(name, x: inner.maxX - name.count - 1, y: y, .dim, in: inner)
      }
    }
  }
}
