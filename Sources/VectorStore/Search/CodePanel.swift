import CScan

/// Rows of one part as codes, laid out to be multiplied with those of another panel.
struct CodePanel {
  /// The products of two panels fit the processor's second cache, and so does a panel of 384 dimensions.
  static let mostRows = 256

  /// Which rows: some of one part, all in one block of its codes.
  struct Place: Sendable {
    var part: Int
    var block: Int
    /// Counted from the block's first position, ascending.
    var offsets: [UInt32]

    var count: Int { offsets.count }

    func position(_ index: Int) -> Int { block * ByteCodes.blockRows + Int(offsets[index]) }

    /// The places of all members of a part's set, `mostRows` each at most.
    static func all(of set: RowSet, part: Int, mostRows: Int) -> [Place] {
      var places: [Place] = []
      for start in stride(from: 0, to: set.capacity, by: ByteCodes.blockRows) {
        var offsets: [UInt32] = []
        set.forEach(in: start..<min(set.capacity, start + ByteCodes.blockRows)) {
          offsets.append(UInt32($0 - start))
        }
        for first in stride(from: 0, to: offsets.count, by: mostRows) {
          places.append(
            Place(
              part: part, block: start / ByteCodes.blockRows,
              offsets: Array(offsets[first..<min(offsets.count, first + mostRows)])))
        }
      }
      return places
    }
  }

  let count: Int
  private let path: cscan_path
  private let metric: Metric
  private let dimension: Int
  private let width: Int
  private var codes: [Int16]
  private var sizes: [Float]
  private var scales: [Float]
  private var errors: [Float]

  /// The first `width` dimensions of rows, to be tested by `metric`.
  init(_ place: Place, of codes: ByteCodes, metric: Metric, width: Int, path: cscan_path) {
    count = place.count
    dimension = codes.dimension
    self.path = path
    self.metric = metric
    self.width = width
    self.codes = .init(
      repeating: 0, count: cscan_panel_size(place.count, width) / MemoryLayout<Int16>.size)
    scales = Self.numbers(place.count)
    (errors, sizes) = (scales, scales)
    var squares = [Int32](repeating: 0, count: place.count)
    codes.blocks[place.block].withCodes { block in
      cscan_panel_fill(
        path, block, place.offsets, place.count, codes.dimension, width, &self.codes, &squares)
      for (index, offset) in place.offsets.enumerated() {
        scales[index] = block.scales[Int(offset)]
        errors[index] = block.errors[Int(offset)]
        sizes[index] = Self.size(scales[index], squares[index], errors[index], metric)
      }
    }
  }

  /// Room for a number for each row, up to a multiple of eight, as the tests read them.
  static func numbers(_ count: Int, _ number: Float = 0) -> [Float] {
    [Float](repeating: number, count: (count + 7) / 8 * 8)
  }

  /// What the tests of the metric want: ``cscan_panel_rows``.
  private static func size(_ scale: Float, _ squares: Int32, _ error: Float, _ metric: Metric) -> Float {
    let scale = Double(scale)
    return metric == .innerProduct
      ? Float((scale * Double(squares).squareRoot() + Double(error)) * (1 + 0x1p-20))
      : Float(scale * scale * Double(squares))
  }

  /// The products of the codes of all pairs; that of rows a and b is at `a * other.count + b`.
  func multiply(_ other: CodePanel, into products: inout [Int32]) {
    let room = count * other.count + 8
    if products.count < room { products = [Int32](repeating: 0, count: room) }
    let isHere = cscan_panel_products(path, codes, count, other.codes, other.count, width, &products)
    precondition(isHere, "the processor lacks the path that was asked for")
  }

  /// Writes which rows of `other` can be within the wider of both rows' limits into `near`, and says how many.
  func findNear(
    _ index: Int, limits: [Float], in other: CodePanel, limits otherLimits: [Float], products: [Int32],
    near: inout [UInt32]
  ) -> Int {
    if near.count < other.count { near = [UInt32](repeating: 0, count: other.count) }
    return products.withUnsafeBufferPointer { products in
      guard let first = products.baseAddress else { return 0 }
      let row = first + index * other.count
      return withRows(limits) { a in
        other.withRows(otherLimits) { b in
          metric == .innerProduct
            ? cscan_near_inner_product(
              path, row, a, index, b, other.count, ScanError.relative(dimension), &near)
            : cscan_near_squared_l2(path, row, a, index, b, other.count, &near)
        }
      }
    }
  }

  /// How many pairs of rows can be within `radius` of each other by squared L2.
  func countNear(in other: CodePanel, radius: Float) -> Int {
    let limits = Self.numbers(count, radius)
    let otherLimits = Self.numbers(other.count, radius)
    var products: [Int32] = []
    var near: [UInt32] = []
    multiply(other, into: &products)
    return (0..<count).reduce(0) {
      $0 + findNear($1, limits: limits, in: other, limits: otherLimits, products: products, near: &near)
    }
  }

  private func withRows<R>(_ limits: [Float], _ body: (cscan_panel_rows) -> R) -> R {
    precondition(limits.count == sizes.count)
    return sizes.withUnsafeBufferPointer { sizes in
      scales.withUnsafeBufferPointer { scales in
        errors.withUnsafeBufferPointer { errors in
          limits.withUnsafeBufferPointer { limits in
            body(
              cscan_panel_rows(
                sizes: sizes.baseAddress, scales: scales.baseAddress, errors: errors.baseAddress,
                limits: limits.baseAddress))
          }
        }
      }
    }
  }
}

/// How far the kernels' scores can be from exact ones; `docs/exact-search.md`, section 3.
enum ScanError {
  /// g: of the squared distance, or of the product of both lengths.
  static func relative(_ dimension: Int) -> Double { (Double(dimension / 8) + 16) * 0x1p-24 }

  /// A distance that no two vectors exceed whose squared distance is computed as at most `score`.
  static func radius(_ score: Float, dimension: Int) -> Float {
    Float((Double(score) * (1 + 4 * relative(dimension)) + 0x1p-120).squareRoot()).nextUp
  }
}
