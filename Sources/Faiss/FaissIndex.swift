import CFaiss

/// An index of any type that faiss 1.7.3 serves.
///
/// Immutable: edits make new ones.
///
/// Read only files that ``FaissFile/inspect(_:)`` accepts; ``read(_:)`` sees to it.
///
/// `@unchecked Sendable`: the handle is never changed after it is made, the face's calls on it are
/// reads, and it is freed when the last reference goes.
public final class FaissIndex: @unchecked Sendable {
  private let handle: OpaquePointer
  public let count: Int
  public let dimension: Int
  /// faiss's class, such as "IndexHNSWFlat".
  public let className: String
  /// The numbers that searches answer with, by position; nil when they are the positions.
  ///
  /// An id map has its own. Inverted lists have them after a delete by faiss, which keeps old numbers.
  public let labels: [Int]?

  private init(_ handle: OpaquePointer) {
    self.handle = handle
    count = Int(cfaiss_count(handle))
    dimension = Int(cfaiss_dimension(handle))
    className = String(cString: cfaiss_class_name(handle))
    var labels = [Int64](repeating: 0, count: count)
    self.labels = cfaiss_labels(handle, &labels) ? labels.map(Int.init) : nil
  }

  deinit { cfaiss_free(handle) }

  /// Checks the bytes of an index file and reads it.
  ///
  /// Throws ``FaissError``.
  ///
  /// The corresponding faiss function is `read_index`.
  public static func read(_ bytes: UnsafeRawBufferPointer) throws(FaissError) -> FaissIndex {
    _ = try FaissFile.inspect(bytes)
    return try made { cfaiss_read(bytes.baseAddress, bytes.count, $0, $1) }
  }

  /// The `k` nearest of each query: `queries` is `[n, dimension]`, row-major; both answers are `[n, k]`,
  /// nearest first, where label -1 pads.
  ///
  /// The corresponding faiss function is `Index::search`; settings such as `nprobe` are the file's.
  public func search(_ queries: [Float], k: Int) throws(FaissError) -> (distances: [Float], labels: [Int]) {
    precondition(queries.count % dimension == 0)
    let queryCount = queries.count / dimension
    var scores = [Float](repeating: .nan, count: queryCount * max(0, k))
    var labels = [Int64](repeating: -1, count: queryCount * max(0, k))
    try Self.checked { cfaiss_search(handle, Int64(queryCount), queries, Int64(k), &scores, &labels, $0) }
    return (scores, labels.map(Int.init))
  }

  /// All vectors as the index gives them back, `[count, dimension]` by position.
  ///
  /// Exact for flat storage, approximate for quantized codes. Throws `.unsupportedOperation`.
  public func reconstructAll() throws(FaissError) -> [Float] {
    var rows = [Float](repeating: 0, count: count * dimension)
    try Self.checked { cfaiss_reconstruct(handle, &rows, $0) }
    return rows
  }

  /// One vector by the label of a search's answer, `[dimension]`, where faiss itself can give it.
  ///
  /// Throws for an `IndexIDMap` and for inverted lists without a direct map, as LangChain's MMR does.
  /// The corresponding faiss function is `Index::reconstruct`.
  public func reconstruct(label: Int) throws(FaissError) -> [Float] {
    var row = [Float](repeating: 0, count: dimension)
    try Self.checked { cfaiss_reconstruct_label(handle, Int64(label), &row, $0) }
    return row
  }

  /// A new index without some positions; the others move up in order.
  ///
  /// Inverted lists are renumbered, graphs built again, id maps keep their labels. Throws
  /// `.unsupportedOperation` for a type that faiss cannot remove from.
  public func removing(keeping isKept: (Int) -> Bool) throws(FaissError) -> FaissIndex {
    let keep = (0..<count).map { isKept($0) ? UInt8(1) : 0 }
    return try Self.made { cfaiss_remove(handle, keep, $0, $1) }
  }

  /// A new index with further vectors at the end; `rows` is `[n, dimension]`.
  public func adding(_ rows: [Float]) throws(FaissError) -> FaissIndex {
    precondition(rows.count % dimension == 0)
    return try Self.made { cfaiss_add(handle, Int64(rows.count / dimension), rows, $0, $1) }
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

  private static func made(
    _ call: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<CChar>) -> CFaissStatus
  ) throws(FaissError) -> FaissIndex {
    var handle: OpaquePointer?
    try checked { call(&handle, $0) }
    guard let handle else {
      throw FaissError(code: .faiss, message: "faiss made no index and gave no reason")
    }
    return FaissIndex(handle)
  }

  private static func checked(_ call: (UnsafeMutablePointer<CChar>) -> CFaissStatus) throws(FaissError) {
    var error = [CChar](repeating: 0, count: Int(CFAISS_ERROR_LENGTH))
    let status = call(&error)
    guard status != CFAISS_OK else { return }
    let text = String(decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw FaissError(code: status == CFAISS_UNSUPPORTED ? .unsupportedOperation : .faiss, message: text)
  }
}
