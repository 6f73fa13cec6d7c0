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
    private let content: Content

    private enum Content: Sendable {
      case made(bytes: [UInt8], scales: [Float], squares: [Int32], errors: [Float])
      /// The same as four sections of a piece of the cache, from one on.
      case kept(StoreCache.Piece, from: Int)
    }

    fileprivate init(
      encoding rows: UnsafeRawPointer, count: Int, dimension: Int, path: cscan_path
    ) {
      var bytes = [UInt8](repeating: 0, count: count * dimension)
      var scales = [Float](repeating: 0, count: count)
      var squares = [Int32](repeating: 0, count: count)
      var errors = scales
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
      self.count = count
      content = .made(bytes: bytes, scales: scales, squares: squares, errors: errors)
    }

    /// Precondition: the sections have the sizes of ``sizes(count:dimension:)``.
    fileprivate init(_ piece: StoreCache.Piece, from section: Int, count: Int) {
      self.count = count
      content = .kept(piece, from: section)
    }

    /// Lends the codes to be read; no pointer may leave `body`.
    func withCodes<R>(_ body: (cscan_codes) -> R) -> R {
      switch content {
      case .made(let bytes, let scales, let squares, let errors):
        bytes.withUnsafeBytes { bytes in
          scales.withUnsafeBytes { scales in
            squares.withUnsafeBytes { squares in
              errors.withUnsafeBytes { errors in body(cscan_codes([bytes, scales, squares, errors])) }
            }
          }
        }
      case .kept(let piece, let section):
        withExtendedLifetime(piece.owner) { body(cscan_codes(piece.sections[section..<section + 4])) }
      }
    }

    /// The bytes of the four parts, as a piece of the cache has them.
    fileprivate static func sizes(count: Int, dimension: Int) -> [Int] {
      [count * dimension, count * 4, count * 4, count * 4]
    }

    fileprivate func withSections<R>(dimension: Int, _ body: ([UnsafeRawBufferPointer]) -> R) -> R {
      withCodes { codes in
        let starts: [UnsafeRawPointer?] = [
          .init(codes.bytes), .init(codes.scales), .init(codes.squares), .init(codes.errors),
        ]
        return body(
          zip(starts, Self.sizes(count: count, dimension: dimension)).map {
            UnsafeRawBufferPointer(start: $0, count: $1)
          })
      }
    }
  }

  let dimension: Int
  let blocks: [Block]
  /// Where they lie when they are kept ones.
  private let piece: StoreCache.Piece?

  /// Encodes all rows, on one thread, which other work gets its turn on after each block.
  ///
  /// Throws what ``Vectors/withRows(_:)`` throws, and `CancellationError`. Precondition: the dimension has codes
  /// (``hasCodes(dimension:)``), and this processor the path.
  package init(encoding vectors: Vectors, path: cscan_path = cscan_best_codes_path()) async throws {
    precondition(Self.hasCodes(dimension: vectors.dimension))
    dimension = vectors.dimension
    var blocks: [Block] = []
    for start in Self.starts(vectors.count) {
      try Task.checkCancellation()
      blocks.append(try Self.block(of: vectors, from: start, path: path))
      await Task.yield()
    }
    self.blocks = blocks
    piece = nil
  }

  /// The largest dimension is the proof's.
  package static func hasCodes(dimension: Int) -> Bool { dimension <= Int(CSCAN_CODES_MAX_DIMENSION) }

  private static func starts(_ rows: Int) -> StrideTo<Int> { stride(from: 0, to: rows, by: blockRows) }

  private static func block(of vectors: Vectors, from start: Int, path: cscan_path) throws -> Block {
    let dimension = vectors.dimension
    return try vectors.withRows { rows throws(VectorStoreError) in
      Block(
        encoding: rows + start * dimension * MemoryLayout<Float>.size,
        count: min(blockRows, vectors.count - start), dimension: dimension, path: path)
    }
  }

  // MARK: Cache

  /// The name of the piece; another one when blocks or codes mean something else.
  private static let piece = "byte codes 1"

  /// The codes that were kept of these vectors; nil where there are none that are whole.
  ///
  /// Reads all of them once. They stay on the disk, as the memory's pages of a file.
  init?(of vectors: Vectors, keptIn cache: StoreCache) {
    guard let piece = cache.piece(Self.piece) else { return nil }
    let counts = Self.starts(vectors.count).map { min(Self.blockRows, vectors.count - $0) }
    let sizes = counts.flatMap { Block.sizes(count: $0, dimension: vectors.dimension) }
    guard piece.sections.map(\.count) == sizes else { return nil }
    dimension = vectors.dimension
    blocks = counts.enumerated().map { Block(piece, from: 4 * $0, count: $1) }
    self.piece = piece
  }

  /// Encodes all rows as ``init(encoding:path:)`` does, block by block into the cache, and takes little memory; false
  /// where nothing can be kept.
  ///
  /// Throws what ``Vectors/withRows(_:)`` throws, and `CancellationError`; nothing is kept then.
  static func keep(_ vectors: Vectors, in cache: StoreCache) async throws -> Bool {
    let sizes = starts(vectors.count).flatMap {
      Block.sizes(count: min(blockRows, vectors.count - $0), dimension: vectors.dimension)
    }
    guard let file = CacheFile(of: cache, piece, sizes: sizes) else { return false }
    for start in starts(vectors.count) {
      try Task.checkCancellation()
      let block = try block(of: vectors, from: start, path: cscan_best_codes_path())
      let isWritten = block.withSections(dimension: vectors.dimension) { $0.allSatisfy(file.append) }
      guard isWritten else { return false }
      await Task.yield()
    }
    return file.finish()
  }

  /// Makes sure that what was read of kept codes up to now is what was kept.
  ///
  /// Throws ``VectorStoreError`` `.file` when another program has written into their file, or it cannot be read.
  func check() throws(VectorStoreError) { try piece?.owner.check() }
}

extension cscan_codes {
  /// Codes in four parts, to be read only.
  fileprivate init(_ parts: some Collection<UnsafeRawBufferPointer>) {
    let starts = parts.map { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
    self.init(
      bytes: starts[0]?.assumingMemoryBound(to: UInt8.self),
      scales: starts[1]?.assumingMemoryBound(to: Float.self),
      squares: starts[2]?.assumingMemoryBound(to: Int32.self),
      errors: starts[3]?.assumingMemoryBound(to: Float.self))
  }
}
