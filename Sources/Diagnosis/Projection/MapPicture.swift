/// A region of a ``Projection`` as cells of a terminal, each with eight dots, two wide and four high.
public struct MapPicture: Sendable, Equatable {
  public struct Cell: Sendable, Equatable {
    /// The dots that some row lies in, as braille numbers them: the character is U+2800 plus this.
    public var dots: UInt8 = 0
    /// The group of most rows here; 0 is none.
    public var group: UInt8 = 0
    public var rows: Int32 = 0
  }

  public let width: Int
  public let height: Int
  public let region: MapRegion
  /// Line by line, `width * height`.
  public private(set) var cells: [Cell]
  /// Rows that lie in the region.
  public private(set) var shown = 0

  static let dotColumns = 2
  static let dotRows = 4
  /// Braille's numbers of the dots, by column and line.
  private static let bits: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]

  /// Draws `rows` of a projection; `groups` says by row which group each is of, from 0 to `groupCount`.
  ///
  /// O(rows + cells * groups).
  init(
    _ projection: Projection, region: MapRegion, width: Int, height: Int, rows: some Sequence<Int>,
    groups: [UInt8]? = nil, groupCount: Int = 0
  ) {
    self.width = width
    self.height = height
    self.region = region
    var cells = [Cell](repeating: Cell(), count: width * height)
    var counts = [Int32](repeating: 0, count: groups == nil ? 0 : cells.count * (groupCount + 1))
    let across = Float(width * Self.dotColumns) / max(region.width, .leastNormalMagnitude)
    let down = Float(height * Self.dotRows) / max(region.height, .leastNormalMagnitude)
    var shown = 0
    for row in rows {
      let point = projection.points[row]
      guard region.contains(point) else { continue }
      let column = min(width * Self.dotColumns - 1, Int((point.x - region.x.lowerBound) * across))
      let line = min(height * Self.dotRows - 1, Int((region.y.upperBound - point.y) * down))
      let cell = line / Self.dotRows * width + column / Self.dotColumns
      cells[cell].dots |= Self.bits[column % Self.dotColumns * Self.dotRows + line % Self.dotRows]
      cells[cell].rows += 1
      if let groups { counts[cell * (groupCount + 1) + Int(groups[row])] += 1 }
      shown += 1
    }
    if groups != nil {
      for cell in cells.indices where cells[cell].rows > 0 {
        let own = counts[cell * (groupCount + 1)..<(cell + 1) * (groupCount + 1)]
        cells[cell].group = UInt8(own.indices.max { own[$0] < own[$1] }.map { $0 - own.startIndex } ?? 0)
      }
    }
    self.cells = cells
    self.shown = shown
  }

  /// The cell at a column and a line, both inside.
  public subscript(column: Int, line: Int) -> Cell { cells[line * width + column] }

  /// The cell that a point lies in; nil outside.
  public func cell(of point: Projection.Point) -> (column: Int, line: Int)? {
    guard region.contains(point) else { return nil }
    let column = (point.x - region.x.lowerBound) / max(region.width, .leastNormalMagnitude) * Float(width)
    let line = (region.y.upperBound - point.y) / max(region.height, .leastNormalMagnitude) * Float(height)
    return (min(width - 1, Int(column)), min(height - 1, Int(line)))
  }

  /// The middle of a cell.
  public func point(column: Int, line: Int) -> Projection.Point {
    Projection.Point(
      x: region.x.lowerBound + (Float(column) + 0.5) / Float(max(1, width)) * region.width,
      y: region.y.upperBound - (Float(line) + 0.5) / Float(max(1, height)) * region.height)
  }

  /// What two cells and all between them cover.
  public func region(from first: (column: Int, line: Int), to last: (column: Int, line: Int)) -> MapRegion {
    let (columns, lines) = (
      min(first.column, last.column)...max(first.column, last.column),
      min(first.line, last.line)...max(first.line, last.line)
    )
    let (across, down) = (region.width / Float(max(1, width)), region.height / Float(max(1, height)))
    return MapRegion(
      x: region.x.lowerBound + Float(columns.lowerBound) * across...region.x.lowerBound
        + Float(columns.upperBound + 1) * across,
      y: region.y.upperBound - Float(lines.upperBound + 1) * down...region.y.upperBound - Float(lines.lowerBound)
        * down)
  }
}

extension Projection {
  /// A picture of a region, `width` x `height` cells; nil is all of `rows`.
  public func picture(
    of region: MapRegion?, width: Int, height: Int, rows: [Int], groups: MapGroups? = nil
  ) -> MapPicture {
    let shown = (region ?? MapRegion(around: rows.lazy.map { points[$0] })).fitted(
      columns: width * MapPicture.dotColumns, rows: height * MapPicture.dotRows)
    return MapPicture(
      self, region: shown, width: width, height: height, rows: rows, groups: groups?.byRow,
      groupCount: groups?.names.count ?? 0)
  }

  /// The row nearest to a point of the plane; nil when there is none.
  public func row(nearest point: Point, among rows: [Int]) -> Int? {
    var best: (row: Int, distance: Float)?
    for row in rows {
      let (x, y) = (points[row].x - point.x, points[row].y - point.y)
      let distance = x * x + y * y
      if distance < best?.distance ?? .infinity { best = (row, distance) }
    }
    return best?.row
  }
}
