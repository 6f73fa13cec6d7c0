import Glibc

/// A screenful of cells; drawing fills one, the back end shows what differs from the last.
///
/// A wide cluster is always followed by its continuation: writing over one half blanks the other.
public struct Frame: Sendable, Equatable {
  public let size: Size
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: Point?
  private var cells: [Cell]

  public init(_ size: Size, style: Style = Style()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: Cell(style: style), count: self.size.width * self.size.height)
  }

  public var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  /// The cell at column x, row y, which must be inside.
  public subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.width + x] }
    set { cells[y * size.width + x] = newValue }
  }

  /// Writes one line from (x, y), clipped to `rect`, and returns the columns that the text took.
  ///
  /// Foreign text is safe here: every cluster passes through ``Printable``, and right-to-left text is put in the order
  /// in which it is seen, unless it is `logical`, as what is being typed is. A wide cluster that would be cut in half
  /// at the right edge is left out, at the left edge a blank stands for it. Cost is that of what fits, not of the text.
  @discardableResult
  public mutating func write(
    _ text: String, x: Int, y: Int, style: Style, in rect: Rect? = nil, logical: Bool = false
  ) -> Int {
    let clip = (rect ?? bounds).intersection(bounds)
    guard (clip.y..<clip.maxY).contains(y) else { return 0 }
    var column = x
    var place = text.startIndex
    var isLeftToRight = logical
    while place < text.endIndex {
      if let (content, width, next) = Self.plainCell(of: text, at: place) {
        if column + width > clip.maxX { return column - x }
        put(content, width, column, y, style, in: clip)
        column += width
        place = next
        continue
      }
      let rest = text[place...]
      if !isLeftToRight, BidiLine.isNeeded(rest) {
        let shown = TextWidth.truncate(Printable.line(String(rest)), to: clip.maxX - column, ellipsis: "")
        return column - x
          + write(BidiLine.visual(shown), x: column, y: y, style: style, in: rect, logical: true)
      }
      isLeftToRight = true
      for shown in Printable.clusters(of: text[place]) {
        let width = TextWidth.columns(of: shown)
        if column + width > clip.maxX { return column - x }
        put(.character(shown), width, column, y, style, in: clip)
        column += width
      }
      place = text.index(after: place)
    }
    return column - x
  }

  /// What nearly all text is made of: a scalar that is a cluster of its own, for what comes after it joins none.
  private static func plainCell(
    of text: String, at place: String.Index
  ) -> (content: Cell.Content, width: Int, next: String.Index)? {
    let scalars = text.unicodeScalars
    let scalar = scalars[place]
    guard let width = Printable.plainColumns(of: scalar) else { return nil }
    let next = scalars.index(after: place)
    guard next == text.endIndex || Printable.plainColumns(of: scalars[next]) != nil else { return nil }
    return (Cell.Content(scalar), width, next)
  }

  /// Writes a cluster as far as it is inside `clip`; of a wide one that begins left of it only a blank is.
  private mutating func put(
    _ content: Cell.Content, _ width: Int, _ x: Int, _ y: Int, _ style: Style, in clip: Rect
  ) {
    if x >= clip.x {
      put(content, width, x: x, y: y, style: style)
    } else if x + width > clip.x {
      put(.blank, 1, x: clip.x, y: y, style: style)
    }
  }

  private mutating func put(_ content: Cell.Content, _ width: Int, x: Int, y: Int, style: Style) {
    unpair(x, y)
    if width == 2 { unpair(x + 1, y) }
    self[x, y] = Cell(content: content, style: style)
    if width == 2 { self[x + 1, y] = Cell(content: .continuation, style: style) }
  }

  /// Blanks the other half of a wide cluster that the cell is part of.
  private mutating func unpair(_ x: Int, _ y: Int) {
    if self[x, y].content == .continuation, x > 0 { self[x - 1, y].content = .blank }
    if x + 1 < size.width, self[x + 1, y].content == .continuation {
      self[x + 1, y].content = .blank
    }
  }

  /// Fills a block with a one-column character.
  public mutating func fill(_ rect: Rect, _ character: Character = " ", style: Style) {
    let block = rect.intersection(bounds)
    guard !block.isEmpty else { return }
    let cell = Cell(content: .character(character), style: style)
    for y in block.y..<block.maxY {
      // Only at its edges can a wide cluster be cut in half.
      unpair(block.x, y)
      unpair(block.maxX - 1, y)
      let start = y * size.width
      for place in (start + block.x)..<(start + block.maxX) { cells[place] = cell }
    }
  }

  /// Draws the outline of a block of at least 2 x 2 cells; what is inside stays.
  public mutating func box(_ rect: Rect, style: Style, border: Border) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let line = border.characters
    let right = rect.maxX - 1
    let bottom = rect.maxY - 1
    fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), line[4], style: style)
    fill(Rect(x: rect.x, y: bottom, width: rect.width, height: 1), line[4], style: style)
    fill(Rect(x: rect.x, y: rect.y, width: 1, height: rect.height), line[5], style: style)
    fill(Rect(x: right, y: rect.y, width: 1, height: rect.height), line[5], style: style)
    for (corner, x, y) in [(0, rect.x, rect.y), (1, right, rect.y), (2, rect.x, bottom), (3, right, bottom)] {
      fill(Rect(x: x, y: y, width: 1, height: 1), line[corner], style: style)
    }
  }

  /// Hands over each cell that the frame before did not have in its place, row by row; all where that is nil or of
  /// another size.
  public func changes(since last: Frame?, _ body: (_ x: Int, _ y: Int, _ cell: Cell) -> Void) {
    guard let last, last.size == size else {
      for y in 0..<size.height {
        for x in 0..<size.width { body(x, y, self[x, y]) }
      }
      return
    }
    cells.withUnsafeBufferPointer { cells in
      last.cells.withUnsafeBufferPointer { before in
        for y in 0..<size.height {
          let row = y * size.width..<(y + 1) * size.width
          // Most rows are what they were, to the byte.
          if let now = cells.baseAddress, let then = before.baseAddress,
            memcmp(now + row.lowerBound, then + row.lowerBound, row.count * MemoryLayout<Cell>.stride) == 0
          {
            continue
          }
          for place in row where cells[place] != before[place] {
            body(place - row.lowerBound, y, cells[place])
          }
        }
      }
    }
  }

  /// Changes the style of every cell of a block, such as that of a selected row.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let block = rect.intersection(bounds)
    for y in block.y..<block.maxY {
      for x in block.x..<block.maxX { change(&self[x, y].style) }
    }
  }

  /// The rows as text, one line each, without the blanks at their ends.
  public var text: String {
    (0..<size.height).map { y in
      var line = ""
      for x in 0..<size.width {
        if let character = self[x, y].content.character { line.append(character) }
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// A second grid for tests of styling: one letter for each cell by its style, "." for others.
  public func styles(_ legend: [Style: Character]) -> String {
    (0..<size.height).map { y in
      String((0..<size.width).map { x in legend[self[x, y].style] ?? "." })
    }.joined(separator: "\n")
  }
}
