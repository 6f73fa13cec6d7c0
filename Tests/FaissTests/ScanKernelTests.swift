import CScan
import Testing

/// The same numbers in each run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 31
  }
}

/// Rows behind some bytes, as in a mapped index file.
private struct Rows {
  let bytes: [UInt8]
  let offset: Int

  init(_ values: [Float], offset: Int) {
    self.offset = offset
    bytes = [UInt8](repeating: 0xff, count: offset) + values.withUnsafeBytes(Array.init)
  }

  func scores(
    _ kernel: (UnsafePointer<Float>?, UnsafeRawPointer?, Int, Int, UnsafeMutablePointer<Float>?) -> Bool,
    query: [Float], count: Int
  ) -> [Float]? {
    var scores = [Float](repeating: -1, count: count)
    let ran = bytes.withUnsafeBytes { raw in
      kernel(query, raw.baseAddress.map { $0 + offset }, count, query.count, &scores)
    }
    return ran ? scores : nil
  }
}

private let paths = [CSCAN_PORTABLE, CSCAN_AVX2, CSCAN_AVX512]
private let dimensions = Array(1...70) + [384, 1536]

private func random(_ count: Int, seed: UInt64) -> [Float] {
  var numbers = Numbers(state: seed)
  return (0..<count).map { _ in Float.random(in: -1...1, using: &numbers) }
}

@Suite struct ScanKernelTests {
  @Test(arguments: paths.indices) func scoresAreTheSumsOfExactArithmetic(path: Int) {
    let count = 11
    for dimension in dimensions {
      let query = random(dimension, seed: 7)
      let values = random(count * dimension, seed: UInt64(dimension))
      for offset in [0, 1, 45, 49] {
        let rows = Rows(values, offset: offset)
        let distances = rows.scores(
          { cscan_squared_l2_with(paths[path], $0, $1, $2, $3, $4) }, query: query, count: count)
        let products = rows.scores(
          { cscan_inner_product_with(paths[path], $0, $1, $2, $3, $4) }, query: query, count: count)
        guard let distances, let products else { return }
        for row in 0..<count {
          let pairs = zip(query, values[row * dimension..<(row + 1) * dimension]).map {
            (Double($0), Double($1))
          }
          let distance = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
          let size = pairs.reduce(0) { $0 + abs($1.0 * $1.1) }
          #expect(
            abs(Double(distances[row]) - distance) <= 1e-5 * distance, "\(dimension) dimensions, row \(row)")
          #expect(abs(Double(products[row]) - product) <= 1e-5 * size, "\(dimension) dimensions, row \(row)")
        }
      }
    }
  }

  @Test(arguments: paths.indices) func aScoreDoesNotDependOnTheRowsAroundIt(path: Int) {
    for dimension in dimensions {
      let query = random(dimension, seed: 3)
      let values = random(9 * dimension, seed: 4)
      let scan = { cscan_squared_l2_with(paths[path], $0, $1, $2, $3, $4) }
      guard let together = Rows(values, offset: 45).scores(scan, query: query, count: 9) else { return }
      let apart = (0..<9).map { row in
        Rows(Array(values[row * dimension..<(row + 1) * dimension]), offset: 3).scores(
          scan, query: query, count: 1)?[0]
      }
      #expect(apart == together)
    }
  }

  @Test(arguments: paths.indices) func aRowThatIsNotFiniteSpoilsItsOwnScoreOnly(path: Int) {
    for dimension in [1, 7, 8, 16, 17, 33, 384] {
      let query = [Float](repeating: 1, count: dimension)
      for place in [0, dimension / 2, dimension - 1] {
        var values = [Float](repeating: 1, count: 6 * dimension)
        values[1 * dimension + place] = .nan
        values[4 * dimension + place] = .infinity
        let rows = Rows(values, offset: 45)
        let distances = rows.scores(
          { cscan_squared_l2_with(paths[path], $0, $1, $2, $3, $4) }, query: query, count: 6)
        let products = rows.scores(
          { cscan_inner_product_with(paths[path], $0, $1, $2, $3, $4) }, query: query, count: 6)
        guard let distances, let products else { return }
        #expect(distances[1].isNaN && products[1].isNaN)
        #expect(distances[4] == .infinity && products[4] == .infinity)
        #expect([0, 2, 3, 5].allSatisfy { distances[$0] == 0 && products[$0] == Float(dimension) })
      }
    }
  }

  @Test func theScanTakesTheBestPath() {
    let best = cscan_best_path()
    let values = random(5 * 384, seed: 1)
    let query = random(384, seed: 2)
    let rows = Rows(values, offset: 45)
    #expect(
      rows.scores(
        {
          cscan_squared_l2($0, $1, $2, $3, $4); return true
        }, query: query, count: 5)
        == rows.scores({ cscan_squared_l2_with(best, $0, $1, $2, $3, $4) }, query: query, count: 5))
    #expect(
      rows.scores(
        {
          cscan_inner_product($0, $1, $2, $3, $4); return true
        }, query: query, count: 5)
        == rows.scores({ cscan_inner_product_with(best, $0, $1, $2, $3, $4) }, query: query, count: 5))
    #expect(["portable", "avx2", "avx512"][Int(best.rawValue)] == String(cString: cscan_instruction_set()))
  }

  @Test func aPairScoresAsItsRowDoesInAScan() {
    let query = random(70, seed: 5)
    let values = random(5 * 70, seed: 6)
    let rows = Rows(values, offset: 1)
    let distances = rows.scores(
      {
        cscan_squared_l2($0, $1, $2, $3, $4); return true
      }, query: query, count: 5)
    let products = rows.scores(
      {
        cscan_inner_product($0, $1, $2, $3, $4); return true
      }, query: query, count: 5)
    let row = Array(values[140..<210])
    #expect(cscan_squared_l2_pair(query, row, 70) == distances?[2])
    #expect(cscan_inner_product_pair(query, row, 70) == products?[2])
  }

  @Test func thePathsThatRanAreThisProcessors() {
    // Without this the tests above would pass on a processor where only one path ran.
    var score: Float = 0
    #expect(cscan_squared_l2_with(CSCAN_PORTABLE, [1], [Float(3)], 1, 1, &score))
    #expect(score == 4)
    let best = Int(cscan_best_path().rawValue)
    for path in paths.indices where path > best {
      #expect(!cscan_squared_l2_with(paths[path], [1], [Float(3)], 1, 1, &score))
    }
  }
}
