import Terminal

/// Draws with roles instead of styles, and with signs that the terminal can show.
struct Painter {
  var frame: Frame
  let theme: Theme
  let glyphs: Glyphs
  /// What answers to the mouse, topmost last.
  var hotspots: [Hotspot] = []
  /// The frame of the window drawn last.
  private var lastWindow: Rect?

  init(size: Size, theme: Theme, glyphs: Glyphs) {
    frame = Frame(size, style: theme[.text])
    self.theme = theme
    self.glyphs = glyphs
  }

  var arrows: String { glyphs.unicode ? "↑↓" : "arrows" }
  private var border: Border { glyphs.unicode ? .rounded : .ascii }

  func plain(_ text: String) -> String { glyphs.plain(text) }

  func columns(of text: String) -> Int { TextWidth.columns(of: Printable.line(glyphs.plain(text))) }

  /// Writes one line clipped to `rect`; with `cut`, what does not fit ends in an ellipsis.
  @discardableResult
  mutating func write(
    _ text: String, x: Int, y: Int, _ role: StyleName, in rect: Rect, cut: Bool = false, logical: Bool = false
  ) -> Int {
    var line = glyphs.plain(text.beginning(max(0, rect.maxX - x)))
    if cut {
      line = TextWidth.truncate(Printable.line(line), to: max(0, rect.maxX - x), ellipsis: glyphs.ellipsis)
    }
    return frame.write(line, x: x, y: y, style: theme[role], in: rect, logical: logical)
  }

  /// Writes a line that ends before column `maxX`.
  mutating func writeRight(_ text: String, maxX: Int, y: Int, _ role: StyleName, in rect: Rect) {
    write(text, x: max(rect.x, maxX - columns(of: text)), y: y, role, in: rect)
  }

  mutating func fill(_ rect: Rect, _ role: StyleName) { frame.fill(rect, style: theme[role]) }

  /// What the border of a pane says.
  struct Labels {
    var title = ""
    var topRight = ""
    var bottomLeft = ""
    var bottomRight = ""
    var topRightRole = StyleName.dim
  }

  /// The border of a pane with its words.
  mutating func panel(_ rect: Rect, _ labels: Labels, focused: Bool) {
    frame.box(rect, style: theme[focused ? .focusedBorder : .border], border: border)
    let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)
    var space = inner.width
    if !labels.title.isEmpty {
      let title =
        " \(TextWidth.truncate(glyphs.plain(labels.title), to: max(0, inner.width - 3), ellipsis: glyphs.ellipsis)) "
      space -= write(title, x: inner.x, y: rect.y, focused ? .focusedTitle : .title, in: inner)
    }
    label(labels.topRight, right: true, y: rect.y, labels.topRightRole, space: space, in: inner)
    let used = label(labels.bottomLeft, right: false, y: rect.maxY - 1, .dim, space: inner.width, in: inner)
    label(labels.bottomRight, right: true, y: rect.maxY - 1, .dim, space: inner.width - used, in: inner)
  }

  @discardableResult
  private mutating func label(
    _ text: String, right: Bool, y: Int, _ role: StyleName, space: Int, in inner: Rect
  ) -> Int {
    let text = " \(text) "
    let width = columns(of: text)
    guard width > 2, width <= space else { return 0 }
    write(text, x: right ? inner.maxX - width : inner.x, y: y, role, in: inner)
    return width
  }

  /// A window over the panes: cleared, with a border, a title and what its keys do.
  mutating func window(_ rect: Rect, title: String, bottom: String?, danger: Bool = false) {
    fill(rect, .text)
    lastWindow = rect
    respond(rect, .window)
    frame.box(rect, style: theme[danger ? .danger : .overlayBorder], border: border)
    let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)
    let text = TextWidth.truncate(glyphs.plain(title), to: max(0, inner.width - 2), ellipsis: glyphs.ellipsis)
    if !text.isEmpty {
      write(" \(text) ", x: inner.x, y: rect.y, danger ? .danger : .overlayTitle, in: inner)
    }
    if let bottom {
      let text = TextWidth.truncate(
        glyphs.plain(bottom), to: max(0, inner.width - 2), ellipsis: glyphs.ellipsis)
      write(" \(text) ", x: inner.x, y: rect.maxY - 1, .footer, in: inner)
    }
  }

  /// "y yes    n no", for the bottom of a window.
  func hints(_ commands: [Command], _ keymap: Keymap) -> String {
    commands.compactMap { command in keymap.label(of: command).map { "\($0) \(command.title)" } }
      .joined(separator: "    ")
  }

  /// Makes a block answer to the mouse.
  mutating func respond(_ rect: Rect, _ target: Hotspot.Target) {
    hotspots.append(Hotspot(rect: rect, target: target))
  }

  /// Makes the hints at the bottom of the last window answer, as ``hints(_:_:)`` wrote them.
  mutating func respondHints(_ commands: [Command], _ keymap: Keymap) {
    guard let window = lastWindow else { return }
    var x = window.x + 2
    for command in commands {
      let text = hints([command], keymap)
      guard !text.isEmpty else { continue }
      let rect = Rect(x: x, y: window.maxY - 1, width: columns(of: text), height: 1)
      respond(rect.intersection(window), .command(command))
      x += rect.width + 4
    }
  }

  /// Shows a row as the one that keys act on.
  mutating func select(_ rect: Rect, focused: Bool) {
    let style = theme[focused ? .selection : .inactiveSelection]
    frame.restyle(rect) { cell in
      if style.foreground != .standard { cell.foreground = style.foreground }
      if style.background != .standard { cell.background = style.background }
      cell.modifiers.remove(.dim)
      cell.modifiers.formUnion(style.modifiers)
    }
  }

  /// A line being typed, scrolled so that the cursor is in sight; the terminal's cursor when focused.
  mutating func field(_ field: TextField, placeholder: String, x: Int, y: Int, width: Int, focused: Bool) {
    let rect = Rect(x: x, y: y, width: max(1, width), height: 1)
    if field.isEmpty {
      respond(rect, .line(first: 0))
      write(placeholder, x: x, y: y, .placeholder, in: rect, cut: true)
      if focused { frame.cursor = Point(x: x, y: y) }
      return
    }
    // What lies far outside is not measured: a pasted line can be long.
    var before = Substring(field.text.prefix(field.cursor).suffix(rect.width))
    while columns(of: String(before)) >= rect.width { before = before.dropFirst() }
    respond(rect, .line(first: field.cursor - before.count))
    let shown = before + field.text.dropFirst(field.cursor).prefix(rect.width)
    write(String(shown), x: x, y: y, .field, in: rect, logical: true)
    if focused { frame.cursor = Point(x: min(rect.maxX - 1, x + columns(of: String(before))), y: y) }
  }

  /// Underlines words of the query in a line already written.
  mutating func highlight(
    _ terms: [String], in text: String, x: Int, y: Int, clippedTo rect: Rect, _ role: StyleName = .match
  ) {
    guard !terms.isEmpty else { return }
    let line = Printable.line(glyphs.plain(text.beginning(rect.width)))
    let lower = line.lowercased()
    // Where right-to-left words stand is not where they are written.
    guard Printable.isPlain(line) || (lower.count == line.count && !BidiLine.isNeeded(line)) else {
      return
    }
    let style = theme[role]
    for term in terms where !term.isEmpty {
      var start = lower.startIndex
      while let range = lower.range(of: term, from: start) {
        let column = x + TextWidth.columns(of: String(lower[..<range.lowerBound]))
        let width = min(TextWidth.columns(of: String(lower[range])), rect.maxX - column)
        if width > 0 {
          frame.restyle(Rect(x: column, y: y, width: width, height: 1)) { cell in
            if style.foreground != .standard { cell.foreground = style.foreground }
            cell.modifiers.formUnion(style.modifiers)
          }
        }
        start = range.upperBound
      }
    }
  }
}

extension String {
  /// As much as can fill so many columns; what lies far beyond the edge is not worth making printable.
  fileprivate func beginning(_ columns: Int) -> String {
    let most = columns * 2 + 8
    return utf8.count <= most ? self : String(prefix(most))
  }

  /// Where `other` stands next, from `start` on, as whole characters; they are compared byte by byte.
  func range(of other: String, from start: String.Index) -> Range<String.Index>? {
    guard let first = other.utf8.first else { return nil }
    var rest = utf8[start...]
    while let place = rest.firstIndex(of: first) {
      rest = rest[place...]
      if rest.starts(with: other.utf8) {
        let range = place..<utf8.index(place, offsetBy: other.utf8.count)
        if isWhole(range) { return range }
      }
      rest.removeFirst()
    }
    return nil
  }

  /// True where a range cuts no character in half.
  private func isWhole(_ range: Range<Index>) -> Bool {
    [range.lowerBound, range.upperBound].allSatisfy {
      $0 == endIndex || index(before: index(after: $0)) == $0
    }
  }
}
