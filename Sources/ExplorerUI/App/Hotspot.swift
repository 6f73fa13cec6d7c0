import Terminal

/// A block of cells that answers to the mouse.
///
/// Drawing notes them as it draws, so that what is seen and what is hit cannot differ.
struct Hotspot: Sendable, Equatable {
  enum Target: Sendable, Equatable {
    /// A command shown with its key, or by its name.
    case command(Command)
    /// An entry of a list in a window, or of the completions under a line.
    case entry(Int)
    /// The title of a column of the documents.
    case column(DocumentColumn)
    /// A tab, by its place.
    case tab(Int)
    /// A line of text; the first character shown is this one.
    case line(first: Int)
    /// The points of the map.
    case canvas
    /// A window where it has nothing else.
    case window
  }

  var rect: Rect
  var target: Target
}

extension AppState {
  /// What lies under a point on the layer that has the keys; nil for what only a pane can answer.
  func hotspot(at point: Point) -> Hotspot? {
    var painter = Painter(size: size, theme: .standard, glyphs: Glyphs(unicode: usesUnicode))
    paint(self, &painter)
    return painter.hotspots.last { $0.rect.contains(point) }
  }
}
