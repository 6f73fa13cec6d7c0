import VectorStore

extension StoreVersion {
  /// Hands over the vectors of all rows in order, block by block: `[n, dimension]`, with the row of the first.
  ///
  /// Throws ``VectorStoreError`` where an index cannot reconstruct or a file has changed, what `body` throws, and
  /// `CancellationError`.
  func forEachBlock(of size: Int = 2048, _ body: (_ first: Int, _ vectors: [Float]) throws -> Void) throws {
    for part in parts {
      var row = part.start
      for start in stride(from: 0, to: part.segment.count, by: size) {
        try Task.checkCancellation()
        let block = try part.segment.vectors.withRows { rows throws(VectorStoreError) in
          var block: [Float] = []
          block.reserveCapacity(size * dimension)
          part.live.forEach(in: start..<min(start + size, part.segment.count)) { position in
            let vector = UnsafeRawBufferPointer(
              start: rows + position * dimension * 4, count: dimension * 4)
            for column in 0..<dimension {
              block.append(vector.loadUnaligned(fromByteOffset: column * 4, as: Float.self))
            }
          }
          return block
        }
        guard !block.isEmpty else { continue }
        try body(row, block)
        row += block.count / dimension
      }
    }
  }
}
