import Faiss
import VectorStore

/// The rows of a store in the plane in which their vectors differ most.
///
/// Principal component analysis of all finite rows, exact: nothing is sampled.
public struct Projection: Sendable {
  /// A place in the plane, in the units of the vectors.
  public struct Point: Sendable, Hashable {
    public var x: Float
    public var y: Float

    public init(x: Float, y: Float) {
      self.x = x
      self.y = y
    }
  }

  /// The plane: two axes, one for vectors of one dimension.
  public let plane: PrincipalAxes
  /// By row; NaN for a row that is not finite.
  public let points: [Point]

  /// Goes three times through the vectors; `watch` is told how many of how many rows are done, and may throw.
  ///
  /// Cost is `rows * dimension^2` multiplications with BLAS, and `dimension^3`. Throws as the vectors do, and
  /// `CancellationError`.
  public init(_ version: StoreVersion, watch: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }) throws {
    let (count, dimension) = (version.count, version.dimension)
    var centre = PrincipalAxes.Centre(dimension: dimension)
    try version.forEachBlock { first, vectors in
      centre.add(Self.finite(vectors, dimension))
      try watch(first, count * 3)
    }
    var spread = PrincipalAxes.Spread(around: centre.mean)
    try version.forEachBlock { first, vectors in
      try spread.add(Self.finite(vectors, dimension))
      try watch(count + first, count * 3)
    }
    let plane = try spread.axes(2)
    var points: [Point] = []
    points.reserveCapacity(count)
    try version.forEachBlock { first, vectors in
      vectors.withUnsafeBufferPointer { values in
        for start in stride(from: 0, to: values.count, by: dimension) {
          points.append(Self.point(of: .init(rebasing: values[start..<start + dimension]), in: plane))
        }
      }
      try watch(count * 2 + first, count * 3)
    }
    self.plane = plane
    self.points = points
  }

  /// Where any vector of the store's dimension lies, such as a query's.
  public func point(of vector: [Float]) -> Point {
    vector.withUnsafeBufferPointer { Self.point(of: $0, in: plane) }
  }

  private static func point(of vector: UnsafeBufferPointer<Float>, in plane: PrincipalAxes) -> Point {
    let coordinates = plane.coordinates(of: vector)
    let point = Point(x: coordinates[0], y: coordinates.count > 1 ? coordinates[1] : 0)
    return point.x.isFinite && point.y.isFinite ? point : Point(x: .nan, y: .nan)
  }

  /// Without the rows that hold NaN or an infinity, which would make a mean of themselves.
  static func finite(_ vectors: [Float], _ dimension: Int) -> [Float] {
    func isFinite(_ start: Int) -> Bool {
      vectors[start..<start + dimension].allSatisfy(\.isFinite)
    }
    let starts = stride(from: 0, to: vectors.count, by: dimension)
    guard starts.contains(where: { !isFinite($0) }) else { return vectors }
    return starts.filter(isFinite).flatMap { vectors[$0..<$0 + dimension] }
  }
}
