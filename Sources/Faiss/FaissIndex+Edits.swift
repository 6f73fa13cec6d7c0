import CFaiss

extension FaissIndex {
  /// A new index without some positions; the others move up in order.
  ///
  /// Inverted lists are renumbered and graphs built again. An id map keeps the labels of the rows that stay, so the
  /// keys of the store's map must be the new index's ``labels``. Throws `.unsupportedOperation` for a type that
  /// faiss cannot remove from.
  public func removing(keeping isKept: (Int) -> Bool) throws(FaissError) -> FaissIndex {
    let keep = (0..<count).map { isKept($0) ? UInt8(1) : 0 }
    return try Self.made { cfaiss_remove(handle, keep, $0, $1) }
  }

  /// A new index with further vectors at the end.
  ///
  /// - Parameters:
  ///   - rows: `[n, dimension]`, row-major.
  ///   - labels: `[n]`, for an id map alone; nil numbers the new rows on from the largest label.
  /// - Throws: `.unsupportedOperation` where the type cannot, `.argument` where rows or labels do not fit: values
  ///   that are not finite have no place in inverted lists.
  public func adding(_ rows: [Float], labels: [Int]? = nil) throws(FaissError) -> FaissIndex {
    let added = try rowCount(rows, "rows")
    guard let labels else { return try Self.made { cfaiss_add(handle, Int64(added), rows, nil, $0, $1) } }
    guard labels.count == added else {
      throw FaissError(
        code: .argument, message: "expected a label for each of \(added) rows, found \(labels.count)")
    }
    let wide = labels.map(Int64.init)
    return try Self.made { cfaiss_add(handle, Int64(added), rows, wide, $0, $1) }
  }

  /// The bytes of the index file.
  ///
  /// The corresponding faiss function is `write_index`.
  public func serialized() throws(FaissError) -> [UInt8] {
    var bytes: [UInt8] = []
    try withUnsafeMutablePointer(to: &bytes) { target throws(FaissError) in
      try Self.checked { error in
        cfaiss_write(
          handle,
          { context, piece, size in
            context?.assumingMemoryBound(to: [UInt8].self).pointee
              .append(contentsOf: UnsafeRawBufferPointer(start: piece, count: size))
          }, target, error)
      }
    }
    return bytes
  }
}
