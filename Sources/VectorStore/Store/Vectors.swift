import Faiss
import Synchronization

/// The vectors of a segment: `[count, dimension]`, row-major Float32.
///
/// Immutable.
public struct Vectors: Sendable {
  public let count: Int
  public let dimension: Int
  let storage: Storage

  enum Storage: Sendable {
    /// Floats in a mapped flat index file, from a byte offset that need not be aligned.
    case mapped(MappedFile, offset: Int)
    case memory([Float])
    /// Any other index type; faiss answers searches.
    case faiss(IndexedVectors)
  }

  /// The floats of a plain flat index file, left where they are.
  ///
  /// Precondition: `offset + count * dimension * 4` bytes exist in the file.
  public init(mapped file: MappedFile, offset: Int, count: Int, dimension: Int) {
    precondition(offset >= 0 && offset + count * dimension * 4 <= file.count)
    self.count = count
    self.dimension = dimension
    storage = .mapped(file, offset: offset)
  }

  /// Vectors in memory; `values.count` must be a multiple of `dimension`.
  public init(_ values: [Float], dimension: Int) {
    precondition(dimension > 0 && values.count % dimension == 0)
    count = values.count / dimension
    self.dimension = dimension
    storage = .memory(values)
  }

  /// An index that faiss serves.
  ///
  /// With `answersSearches` false, searches scan the vectors that it reconstructs instead of asking it.
  public init(_ index: FaissIndex, answersSearches: Bool = true) {
    count = index.count
    dimension = index.dimension
    storage = .faiss(IndexedVectors(index, answersSearches: answersSearches))
  }

  /// The index itself when faiss serves this segment; nil for flat vectors.
  public var faissIndex: FaissIndex? { indexed?.index }

  var indexed: IndexedVectors? {
    if case .faiss(let indexed) = storage { indexed } else { nil }
  }

  /// Lends the floats as bytes, not necessarily aligned; the pointer must not leave `body`.
  ///
  /// For an index that stores codes the vectors are those it reconstructs, decoded once and kept.
  /// Throws ``VectorStoreError`` `.unsupported` when faiss cannot reconstruct that type, and `.file` when another
  /// program has written into the file meanwhile: what `body` has seen then is worth nothing.
  public func withRows<R>(_ body: (UnsafeRawPointer) throws(VectorStoreError) -> R) throws(VectorStoreError)
    -> R
  {
    switch storage {
    case .mapped(let file, let offset):
      try file.check()
      let result = try file.withBytes { bytes throws(VectorStoreError) in
        guard let base = bytes.baseAddress else { return try body(Self.nowhere) }
        return try body(base + offset)
      }
      try file.check()
      return result
    case .memory(let values):
      return try Self.lend(values, to: body)
    case .faiss(let indexed):
      return try Self.lend(try indexed.values(), to: body)
    }
  }

  /// Has the system read a vector that may lie on a disk, and does not wait.
  ///
  /// Rows from all over a file, asked for like this before they are read, come at once and alone; touched one after
  /// the other each waits for its turn and brings a hundred neighbours along.
  func prefetch(_ position: Int) {
    guard case .mapped(let file, let offset) = storage else { return }
    let start = offset + position * dimension * 4
    file.prefetch(start..<start + dimension * 4)
  }

  /// One vector, `[dimension]`.
  public func row(_ position: Int) throws(VectorStoreError) -> [Float] {
    precondition(position >= 0 && position < count)
    return try withRows { rows throws(VectorStoreError) in
      [Float](unsafeUninitializedCapacity: dimension) { buffer, initialized in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(start: rows + position * dimension * 4, count: dimension * 4))
        initialized = dimension
      }
    }
  }

  private static func lend<R>(
    _ values: [Float], to body: (UnsafeRawPointer) throws(VectorStoreError) -> R
  ) throws(VectorStoreError) -> R {
    // `withUnsafeBytes` rethrows untyped, so the typed error travels in a result.
    let result = values.withUnsafeBytes { bytes -> Result<R, VectorStoreError> in
      do throws(VectorStoreError) { return .success(try body(bytes.baseAddress ?? nowhere)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Where no row is: a valid address for empty storage, never read.
  private static var nowhere: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped }
}
