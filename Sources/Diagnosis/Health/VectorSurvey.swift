import VectorStore

/// What one pass over all vectors notes of each.
struct VectorSurvey: Sendable {
  /// The length of each row's vector; NaN or infinite where a number of it is.
  var norms: [Float] = []
  /// A hash of its bytes.
  var hashes: [Int] = []

  /// O(rows × dimension), on two threads; throws `.unsupported` where the index cannot give vectors back.
  init(_ version: StoreVersion, report: @Sendable (Int) -> Void) async throws {
    let dimension = version.dimension
    let blocks = try await version.mapBlocks(report: report) { block in
      try block.part.segment.vectors.withRows { rows throws(VectorStoreError) in
        var survey = VectorSurvey()
        for position in block.positions {
          survey.take(
            UnsafeRawBufferPointer(start: rows + position * dimension * 4, count: dimension * 4))
        }
        return survey
      }
    }
    norms = blocks.flatMap(\.norms)
    hashes = blocks.flatMap(\.hashes)
  }

  private init() {}

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var squares = 0.0
    for offset in stride(from: 0, to: bytes.count, by: 4) {
      let value = Double(bytes.loadUnaligned(fromByteOffset: offset, as: Float.self))
      squares += value * value
    }
    var hasher = Hasher()
    hasher.combine(bytes: bytes)
    norms.append(Float(squares.squareRoot()))
    hashes.append(hasher.finalize())
  }

  /// Whether a row can be compared with others at all.
  func isUsable(_ row: Int) -> Bool { norms[row].isFinite && norms[row] > 0 }
}
