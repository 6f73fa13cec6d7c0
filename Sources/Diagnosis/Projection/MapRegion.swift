/// A rectangle of the plane of a ``Projection``.
public struct MapRegion: Sendable, Hashable {
  public var x: ClosedRange<Float>
  public var y: ClosedRange<Float>

  public init(x: ClosedRange<Float>, y: ClosedRange<Float>) {
    self.x = x
    self.y = y
  }

  public var width: Float { x.upperBound - x.lowerBound }
  public var height: Float { y.upperBound - y.lowerBound }

  public func contains(_ point: Projection.Point) -> Bool { x.contains(point.x) && y.contains(point.y) }

  /// The same, moved by shares of its own width and height.
  public func moved(_ right: Float, _ up: Float) -> MapRegion {
    let (dx, dy) = (right * width, up * height)
    return MapRegion(
      x: x.lowerBound + dx...x.upperBound + dx, y: y.lowerBound + dy...y.upperBound + dy)
  }

  /// The same, `factor` times as large, around a point that stays where it is seen.
  public func scaled(by factor: Float, around point: Projection.Point) -> MapRegion {
    func scaled(_ range: ClosedRange<Float>, _ fixed: Float) -> ClosedRange<Float> {
      let (low, high) = (fixed + (range.lowerBound - fixed) * factor, fixed + (range.upperBound - fixed) * factor)
      return min(low, high)...max(low, high)
    }
    return MapRegion(x: scaled(x, point.x), y: scaled(y, point.y))
  }

  /// The least region around all finite points, with a little room; one around the origin when there are none.
  public init(around points: some Sequence<Projection.Point>) {
    var (low, high): (Projection.Point?, Projection.Point?)
    for point in points where point.x.isFinite {
      low = Projection.Point(x: min(low?.x ?? point.x, point.x), y: min(low?.y ?? point.y, point.y))
      high = Projection.Point(x: max(high?.x ?? point.x, point.x), y: max(high?.y ?? point.y, point.y))
    }
    let (first, last) = (low ?? Projection.Point(x: -1, y: -1), high ?? Projection.Point(x: 1, y: 1))
    let room = max(last.x - first.x, last.y - first.y) * 0.02
    let margin = room > 0 ? room : max(abs(first.x), 1) * 0.01
    self.init(x: first.x - margin...last.x + margin, y: first.y - margin...last.y + margin)
  }

  /// The same with the height and width of a picture, larger in one direction, so that distances in the picture are
  /// those of the plane.
  public func fitted(columns: Int, rows: Int) -> MapRegion {
    guard columns > 0, rows > 0, width > 0, height > 0 else { return self }
    let unit = max(width / Float(columns), height / Float(rows))
    func grown(_ range: ClosedRange<Float>, to length: Float) -> ClosedRange<Float> {
      let middle = (range.lowerBound + range.upperBound) / 2
      return middle - length / 2...middle + length / 2
    }
    return MapRegion(x: grown(x, to: unit * Float(columns)), y: grown(y, to: unit * Float(rows)))
  }
}
