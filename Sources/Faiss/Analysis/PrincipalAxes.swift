import CFaiss

/// The directions in which vectors differ most, from their centre: principal component analysis.
///
/// Rows come in blocks, twice: first ``Centre`` takes the mean, then ``Spread`` the covariance, from which
/// ``Spread/axes(_:)`` are computed exactly. Cost is `count * dimension^2` multiplications with BLAS, and
/// `dimension^3` once.
public struct PrincipalAxes: Sendable, Equatable {
  /// `[dimension]`.
  public let mean: [Float]
  /// `[count, dimension]`, each of length 1, the one of the largest variance first.
  public let axes: [Float]
  /// What share of all variance lies along each axis, 0 to 1; zeros where the rows do not differ.
  public let shares: [Double]

  public var dimension: Int { mean.count }
  public var count: Int { shares.count }

  /// Where a vector lies along each axis, `[count]`.
  public func coordinates(of vector: UnsafeBufferPointer<Float>) -> [Float] {
    (0..<count).map { axis in
      var sum = 0.0
      for column in 0..<dimension {
        sum += Double(vector[column] - mean[column]) * Double(axes[axis * dimension + column])
      }
      return Float(sum)
    }
  }
}

extension PrincipalAxes {
  /// The mean of rows that come block by block.
  public struct Centre {
    private var sums: [Double]
    private var count = 0

    public init(dimension: Int) { sums = Array(repeating: 0, count: dimension) }

    /// Takes rows in, `[n, dimension]`.
    public mutating func add(_ rows: [Float]) {
      let dimension = sums.count
      rows.withUnsafeBufferPointer { rows in
        sums.withUnsafeMutableBufferPointer { sums in
          for start in stride(from: 0, to: rows.count, by: dimension) {
            for column in 0..<dimension { sums[column] += Double(rows[start + column]) }
          }
        }
      }
      count += rows.count / dimension
    }

    public var mean: [Float] { sums.map { Float($0 / Double(max(1, count))) } }
  }

  /// The covariance of rows that come block by block, around a mean that is known.
  public struct Spread {
    public let mean: [Float]
    /// `[dimension, dimension]`, lower triangle.
    private var sums: [Double]

    public init(around mean: [Float]) {
      self.mean = mean
      sums = Array(repeating: 0, count: mean.count * mean.count)
    }

    /// Takes rows in, `[n, dimension]`; a few thousand at a time keep float32's sums exact to six digits.
    public mutating func add(_ rows: [Float]) throws(FaissError) {
      let dimension = mean.count
      var centred = rows
      centred.withUnsafeMutableBufferPointer { values in
        for start in stride(from: 0, to: values.count, by: dimension) {
          for column in 0..<dimension { values[start + column] -= mean[column] }
        }
      }
      try FaissIndex.checked {
        cfaiss_add_products(Int32(dimension), Int64(centred.count / dimension), centred, &sums, $0)
      }
    }

    /// The axes of the largest variance, at most as many as there are dimensions.
    public func axes(_ wanted: Int) throws(FaissError) -> PrincipalAxes {
      let dimension = mean.count
      let count = min(wanted, dimension)
      var sums = sums
      let total = (0..<dimension).map { sums[$0 * dimension + $0] }.reduce(0, +)
      var values = [Double](repeating: 0, count: count)
      var axes = [Double](repeating: 0, count: count * dimension)
      try FaissIndex.checked {
        cfaiss_largest_axes(Int32(dimension), &sums, Int32(count), &values, &axes, $0)
      }
      return PrincipalAxes(
        mean: mean, axes: axes.map { Float($0) },
        shares: values.map { total > 0 ? max(0, $0 / total) : 0 })
    }
  }
}
