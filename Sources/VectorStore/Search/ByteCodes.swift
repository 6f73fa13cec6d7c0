import CScan

/// The vectors of a segment as bytes, about a quarter of their size, and for each how far its bytes are off.
///
/// Immutable. Row x stands for scale * (byte - 128) in each dimension; its error is at least the length of what
/// that differs from x. `docs/exact-search.md` has the proof that a search by them is exact.
package struct ByteCodes: Sendable {
  /// Rows encoded, and bounded, at a time.
  static let blockRows = 4096

  /// Up to ``blockRows`` rows.
  struct Block: Sendable {
    let count: Int
    fileprivate var bytes: [UInt8]
    fileprivate var scales: [Float]
    fileprivate var squares: [Int32]
    fileprivate var errors: [Float]

    fileprivate init(count: Int, dimension: Int) {
      self.count = count
      bytes = [UInt8](repeating: 0, count: count * dimension)
      scales = [Float](repeating: 0, count: count)
      squares = [Int32](repeating: 0, count: count)
      errors = [Float](repeating: 0, count: count)
    }

    /// Lends the codes to be read; no pointer may leave `body`.
    func withCodes<R>(_ body: (cscan_codes) -> R) -> R {
      bytes.withUnsafeBufferPointer { bytes in
        scales.withUnsafeBufferPointer { scales in
          squares.withUnsafeBufferPointer { squares in
            errors.withUnsafeBufferPointer { errors in
              body(
                cscan_codes(
                  bytes: .init(mutating: bytes.baseAddress), scales: .init(mutating: scales.baseAddress),
                  squares: .init(mutating: squares.baseAddress), errors: .init(mutating: errors.baseAddress)))
            }
          }
        }
      }
    }

    fileprivate mutating func encode(_ rows: UnsafeRawPointer, dimension: Int, path: cscan_path) {
      bytes.withUnsafeMutableBufferPointer { bytes in
        scales.withUnsafeMutableBufferPointer { scales in
          squares.withUnsafeMutableBufferPointer { squares in
            errors.withUnsafeMutableBufferPointer { errors in
              let codes = cscan_codes(
                bytes: bytes.baseAddress, scales: scales.baseAddress, squares: squares.baseAddress,
                errors: errors.baseAddress)
              let isHere = cscan_encode_with(path, rows, count, dimension, codes)
              precondition(isHere, "the processor lacks the path that was asked for")
            }
          }
        }
      }
    }
  }

  let dimension: Int
  let blocks: [Block]

  /// Encodes all rows, on one thread, which other work gets its turn on after each block.
  ///
  /// Throws what ``Vectors/withRows(_:)`` throws, and `CancellationError`. Precondition: the dimension has codes
  /// (``hasCodes(dimension:)``), and this processor the path.
  package init(encoding vectors: Vectors, path: cscan_path = cscan_best_codes_path()) async throws {
    precondition(Self.hasCodes(dimension: vectors.dimension))
    dimension = vectors.dimension
    var blocks: [Block] = []
    for start in stride(from: 0, to: vectors.count, by: Self.blockRows) {
      try Task.checkCancellation()
      blocks.append(try Self.block(of: vectors, from: start, path: path))
      await Task.yield()
    }
    self.blocks = blocks
  }

  /// The largest dimension is the proof's.
  package static func hasCodes(dimension: Int) -> Bool { dimension <= Int(CSCAN_CODES_MAX_DIMENSION) }

  private static func block(of vectors: Vectors, from start: Int, path: cscan_path) throws -> Block {
    let dimension = vectors.dimension
    var block = Block(count: min(blockRows, vectors.count - start), dimension: dimension)
    try vectors.withRows { rows throws(VectorStoreError) in
      block.encode(rows + start * dimension * MemoryLayout<Float>.size, dimension: dimension, path: path)
    }
    return block
  }
}
