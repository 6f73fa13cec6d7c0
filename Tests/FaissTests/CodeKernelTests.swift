import CScan
import Testing

private let paths = [CSCAN_PORTABLE, CSCAN_AVX2, CSCAN_AVX512]
private let here = paths.filter { $0.rawValue <= cscan_best_codes_path().rawValue }
private let dimensions = Array(1...70) + [127, 128, 129, 384, 518, 519, 1536, 2047, 4096, 4097, 8192]

/// The codes of some rows.
private struct Codes: Equatable {
  var bytes: [UInt8]
  var scales: [Float]
  var squares: [Int32]
  var errors: [Float]

  init(_ rows: [Float], dimension: Int, path: cscan_path, offset: Int = 45) {
    let count = rows.count / dimension
    // Behind some bytes, as in a mapped index file.
    let raw = [UInt8](repeating: 0xff, count: offset) + rows.withUnsafeBytes(Array.init)
    bytes = [UInt8](repeating: 0, count: rows.count)
    scales = [Float](repeating: 0, count: count)
    squares = [Int32](repeating: 0, count: count)
    errors = [Float](repeating: 0, count: count)
    let ran = withCodes { codes in
      raw.withUnsafeBytes { raw in
        cscan_encode_with(path, raw.baseAddress.map { $0 + offset }, count, dimension, codes)
      }
    }
    #expect(ran)
  }

  private mutating func withCodes<R>(_ body: (cscan_codes) -> R) -> R {
    bytes.withUnsafeMutableBufferPointer { bytes in
      scales.withUnsafeMutableBufferPointer { scales in
        squares.withUnsafeMutableBufferPointer { squares in
          errors.withUnsafeMutableBufferPointer { errors in
            body(
              cscan_codes(
                bytes: bytes.baseAddress, scales: scales.baseAddress, squares: squares.baseAddress,
                errors: errors.baseAddress))
          }
        }
      }
    }
  }

  func decoded(_ row: Int, dimension: Int) -> [Double] {
    bytes[row * dimension..<(row + 1) * dimension].map { Double(scales[row]) * (Double($0) - 128) }
  }

  /// The near and the far ends of the rows of `positions`, or of all.
  mutating func bounds(
    _ query: [Float], path: cscan_path, isProduct: Bool, positions: [UInt32]? = nil
  ) -> [(nearest: Float, farthest: Float)] {
    var words = [Int16](repeating: 0, count: query.count)
    var planes = [Int8](repeating: 0, count: query.count * 2)
    var coded = cscan_coded_query()
    #expect(cscan_encode_query(query, query.count, &words, &planes, &coded))
    let count = positions?.count ?? scales.count
    var nearest = [Float](repeating: .nan, count: count)
    var farthest = nearest
    let bound = isProduct ? cscan_bound_inner_product_with : cscan_bound_squared_l2_with
    let ran = withCodes { codes in
      words.withUnsafeBufferPointer { words in
        planes.withUnsafeBufferPointer { planes in
          coded.words = words.baseAddress
          coded.planes = planes.baseAddress
          return bound(path, &coded, codes, positions, count, query.count, &nearest, &farthest)
        }
      }
    }
    #expect(ran)
    return Array(zip(nearest, farthest))
  }
}

private func random(_ count: Int, seed: UInt64) -> [Float] {
  var numbers = Numbers(state: seed)
  return (0..<count).map { _ in Float.random(in: -1...1, using: &numbers) }
}

private func length(_ differences: some Sequence<Double>) -> Double {
  differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
}

@Suite struct CodeKernelTests {
  /// Rows of ordinary, small, large and very different numbers, rows that are not finite, and the largest codes.
  private func rows(dimension: Int) -> [Float] {
    var rows = random(13 * dimension, seed: UInt64(dimension))
    let factors: [Float] = [1, 1, 1e-38, 0x1p-146, 1e-25, 1e12, 1e17, 1, 1, 1, 0]
    for (row, factor) in factors.enumerated() {
      for place in row * dimension..<(row + 1) * dimension { rows[place] *= factor }
    }
    rows[7 * dimension + dimension / 2] = 1000
    rows[8 * dimension + dimension - 1] = .nan
    rows[9 * dimension] = -.infinity
    for place in 11 * dimension..<12 * dimension { rows[place] = 1 }
    for place in 12 * dimension..<13 * dimension { rows[place] = -1 }
    return rows
  }

  @Test func everyPathMakesTheSameCodes() {
    for dimension in dimensions {
      let rows = rows(dimension: dimension)
      let portable = Codes(rows, dimension: dimension, path: CSCAN_PORTABLE)
      for path in here {
        var codes = Codes(rows, dimension: dimension, path: path, offset: 3)
        // The sums of the errors are added in another order.
        for row in codes.errors.indices where codes.errors[row] != portable.errors[row] {
          #expect(abs(codes.errors[row] / portable.errors[row] - 1) < 1e-6)
          codes.errors[row] = portable.errors[row]
        }
        #expect(codes == portable, "\(dimension) dimensions, path \(path.rawValue)")
      }
    }
  }

  @Test func theErrorOfARowIsAtLeastWhatItsCodesAreOff() {
    for dimension in dimensions {
      let rows = rows(dimension: dimension)
      for path in here {
        let codes = Codes(rows, dimension: dimension, path: path)
        for row in 0..<13 {
          let values = rows[row * dimension..<(row + 1) * dimension]
          guard values.allSatisfy(\.isFinite), values.allSatisfy({ abs($0) < 0x1p55 }) else {
            #expect(codes.errors[row] == .infinity)
            continue
          }
          let off = length(zip(values, codes.decoded(row, dimension: dimension)).map { Double($0) - $1 })
          #expect(Double(codes.errors[row]) >= off)
          #expect(Double(codes.errors[row]) <= off * (1 + 1e-6) + 1e-44)
          let squares = codes.bytes[row * dimension..<(row + 1) * dimension].reduce(0) {
            $0 + (Int32($1) - 128) * (Int32($1) - 128)
          }
          #expect(codes.squares[row] == squares)
        }
      }
    }
  }

  @Test(arguments: [false, true]) func everyScoreLiesWithinItsBounds(isProduct: Bool) {
    for dimension in dimensions {
      let rows = rows(dimension: dimension)
      var near = Array(rows[0..<dimension])
      near[0] += 1e-6
      let queries = [
        [Float](repeating: 1, count: dimension), [Float](repeating: -1, count: dimension),
        random(dimension, seed: 5), near, [Float](repeating: 0, count: dimension),
        random(dimension, seed: 6).map { $0 * 0x1p-139 }, random(dimension, seed: 7).map { $0 * 1e16 },
      ]
      for query in queries {
        var first: [(nearest: Float, farthest: Float)]?
        for path in here {
          var codes = Codes(rows, dimension: dimension, path: CSCAN_PORTABLE)
          let bounds = codes.bounds(query, path: path, isProduct: isProduct)
          // The sums are whole numbers, so no path knows less than another.
          #expect(first.map { zip($0, bounds).allSatisfy { $0 == $1 } } ?? true)
          first = bounds
          for scorer in paths {
            var scores = [Float](repeating: 0, count: 13)
            let ran =
              isProduct
              ? cscan_inner_product_with(scorer, query, rows, 13, dimension, &scores)
              : cscan_squared_l2_with(scorer, query, rows, 13, dimension, &scores)
            guard ran else { continue }
            for (score, bound) in zip(scores, bounds) {
              let distance = isProduct ? -score : score
              #expect(bound.nearest <= distance || distance.isNaN, "\(dimension) dimensions")
              #expect(bound.farthest >= distance || distance.isNaN, "\(dimension) dimensions")
              #expect(!distance.isNaN || bound.farthest == .infinity)
            }
          }
        }
      }
    }
  }

  @Test func boundsAreAsNarrowAsTheCodesAllow() {
    for dimension in [16, 384, 8192] {
      var codes = Codes(random(dimension, seed: 1), dimension: dimension, path: CSCAN_PORTABLE)
      let query = random(dimension, seed: 2)
      let bound = codes.bounds(query, path: CSCAN_PORTABLE, isProduct: false)[0]
      let distance = length(zip(query, codes.decoded(0, dimension: dimension)).map { Double($0) - $1 })
      let width = Double(bound.farthest - bound.nearest)
      #expect(width >= 4 * distance * Double(codes.errors[0]) * 0.99)
      #expect(width <= 4 * distance * Double(codes.errors[0]) * 1.05)
    }
  }

  @Test func boundsOfSomeRowsAreThoseOfAll() {
    let dimension = 100
    var codes = Codes(random(200 * dimension, seed: 3), dimension: dimension, path: CSCAN_PORTABLE)
    let query = random(dimension, seed: 4)
    let positions: [UInt32] = Array(stride(from: 0, to: 200, by: 3)) + [199, 0]
    for path in here {
      for isProduct in [false, true] {
        let all = codes.bounds(query, path: path, isProduct: isProduct)
        let some = codes.bounds(query, path: path, isProduct: isProduct, positions: positions)
        #expect(zip(positions, some).allSatisfy { all[Int($0)] == $1 })
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity, 0x1p55, -0x1p60]) func aQueryWithoutCodesIsRefused(value: Float) {
    var words = [Int16](repeating: 0, count: 3)
    var planes = [Int8](repeating: 0, count: 6)
    var coded = cscan_coded_query()
    #expect(!cscan_encode_query([1, value, 2], 3, &words, &planes, &coded))
  }

  @Test func thePathsThatRanAreThisProcessors() {
    #expect(here.count == Int(cscan_best_codes_path().rawValue) + 1)
    #expect(cscan_best_codes_path().rawValue <= cscan_best_path().rawValue)
    for path in paths where !here.contains(path) {
      #expect(!cscan_encode_with(path, nil, 0, 1, cscan_codes()))
    }
  }
}
