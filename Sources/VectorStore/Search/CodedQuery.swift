import CScan

/// A query as 16-bit integers, ready to be held against ``ByteCodes``.
struct CodedQuery: Sendable {
  private let words: [Int16]
  private let planes: [Int8]
  private let scale: Double
  private let squares: Double
  private let error: Double
  private let bias: Double
  let metric: Metric
  let path: cscan_path

  /// Nil where codes say nothing: other metrics, and queries that are not finite or have numbers from 2^55 on.
  init?(_ query: [Float], metric: Metric, path: cscan_path) {
    guard metric.isScanned, ByteCodes.hasCodes(dimension: query.count) else {
      return nil
    }
    var words = [Int16](repeating: 0, count: query.count)
    var planes = [Int8](repeating: 0, count: 2 * query.count)
    var coded = cscan_coded_query()
    guard cscan_encode_query(query, query.count, &words, &planes, &coded) else { return nil }
    self.words = words
    self.planes = planes
    scale = coded.scale
    squares = coded.squares
    error = coded.error
    bias = coded.bias
    self.metric = metric
    self.path = path
  }

  /// How near and how far rows of a block can be; a distance is the score, or its negative where larger is nearer.
  ///
  /// With `positions`, those of the block in their order, else all rows of it. `nearest` and `farthest` have to
  /// hold as many numbers.
  func bound(
    _ block: ByteCodes.Block, positions: [UInt32]?, nearest: inout [Float], farthest: inout [Float]
  ) {
    let count = positions?.count ?? block.count
    precondition(nearest.count >= count && farthest.count >= count)
    let isHere = words.withUnsafeBufferPointer { words in
      planes.withUnsafeBufferPointer { planes in
        var coded = cscan_coded_query(
          words: words.baseAddress, planes: planes.baseAddress, scale: scale, squares: squares, error: error,
          bias: bias)
        return block.withCodes { codes in
          metric == .innerProduct
            ? cscan_bound_inner_product_with(
              path, &coded, codes, positions, count, words.count, &nearest, &farthest)
            : cscan_bound_squared_l2_with(
              path, &coded, codes, positions, count, words.count, &nearest, &farthest)
        }
      }
    }
    precondition(isHere, "the processor lacks the path that was asked for")
  }
}
