import CFaiss

/// An index of any type that faiss 1.7.3 serves.
///
/// Immutable: edits make new ones.
///
/// A position is a row's place, `0..<count`; a label is the number that searches answer with. They are the same
/// unless ``labels`` says otherwise.
///
/// `@unchecked Sendable`: the face's calls on the handle are reads, but for a search with settings of its own, which
/// waits until it has the index alone; the handle is freed when the last reference goes.
public final class FaissIndex: @unchecked Sendable {
  let handle: OpaquePointer
  public let count: Int
  public let dimension: Int
  /// faiss's number of the metric: 0 inner product, 1 squared L2, others for some types.
  public let metricType: Int32
  /// The exponent of the Lp metric; of no meaning for others.
  public let metricArgument: Float
  /// faiss's class, such as "IndexHNSWFlat".
  public let className: String
  /// The numbers that searches answer with, by position; nil when they are the positions.
  ///
  /// An id map has its own. Inverted lists have them after a delete by faiss, which keeps old numbers there.
  /// LangChain's `index_to_docstore_id` is keyed by labels, so a store with such an index is written with these
  /// as the keys, in the order of positions.
  public let labels: [Int]?

  /// Takes over a handle, which nobody else may know.
  init(_ handle: OpaquePointer) {
    self.handle = handle
    count = Int(cfaiss_count(handle))
    dimension = Int(cfaiss_dimension(handle))
    metricType = cfaiss_metric(handle)
    metricArgument = cfaiss_metric_argument(handle)
    className = String(cString: cfaiss_class_name(handle))
    var labels = [Int64](repeating: 0, count: count)
    self.labels = cfaiss_labels(handle, &labels) ? labels.map(Int.init) : nil
  }

  deinit { cfaiss_free(handle) }

  /// Checks the bytes of an index file with ``FaissFile/inspect(_:)``, then lets faiss read them.
  ///
  /// The corresponding faiss function is `read_index`. The bytes are not kept.
  /// - Parameters:
  ///   - nprobe: how many inverted lists a search visits, at most all; nil for what the file says.
  ///   - efSearch: how many candidates a graph search keeps, at most all; nil for what the file says.
  /// - Throws: ``FaissError``; `.unsupportedOperation` for a setting that the type does not have.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, limits: FaissLimits = .standard, nprobe: Int? = nil, efSearch: Int? = nil
  ) throws(FaissError) -> FaissIndex {
    _ = try FaissFile.inspect(bytes, limits: limits)
    return try made { target, error in
      var status = cfaiss_read(bytes.baseAddress, bytes.count, target, error)
      if status == CFAISS_OK, let nprobe {
        status = cfaiss_set_nprobe(target.pointee, Int64(nprobe), error)
      }
      if status == CFAISS_OK, let efSearch {
        status = cfaiss_set_ef_search(target.pointee, Int64(efSearch), error)
      }
      return status
    }
  }

  /// How many inverted lists a search visits; nil when there are none.
  public var nprobe: Int? { Self.setting(cfaiss_nprobe(handle)) }

  /// How many candidates a graph search keeps; nil when there is no HNSW graph.
  public var efSearch: Int? { Self.setting(cfaiss_ef_search(handle)) }

  /// How many inverted lists there are; nil when there are none.
  public var listCount: Int? { Self.setting(cfaiss_list_count(handle)) }

  /// Whether an operation works on this type of index, with what it holds.
  public func supports(_ operation: FaissOperation) -> Bool { refusal(of: operation) == nil }

  /// Why an operation does not work on this index; nil when it does.
  public func refusal(of operation: FaissOperation) -> String? {
    var text = ErrorText()
    return cfaiss_supports(handle, operation.code, &text.bytes) ? nil : text.string
  }

  /// The `k` nearest of each query.
  ///
  /// The corresponding faiss function is `Index::search`.
  /// - Parameters:
  ///   - queries: `[n, dimension]`, row-major.
  ///   - nprobe: how many inverted lists this search visits, at most all; nil for what the index has.
  ///   - efSearch: how many candidates a graph search keeps, at most all; nil for what the index has. With either,
  ///     other searches of this index wait.
  /// - Returns: scores and labels, `[n, k]`, best first; where the index has fewer, label -1 and NaN, or the score
  ///   that faiss leaves there.
  /// - Throws: `.unsupportedOperation` for a setting that the type does not have.
  public func search(
    _ queries: [Float], k: Int, nprobe: Int? = nil, efSearch: Int? = nil
  ) throws(FaissError) -> (distances: [Float], labels: [Int]) {
    guard k > 0 else {
      throw FaissError(code: .argument, message: "expected to search for at least 1 row, found \(k)")
    }
    let queryCount = try rowCount(queries, "queries")
    let (size, overflow) = queryCount.multipliedReportingOverflow(by: k)
    guard !overflow, size <= Self.largestAnswer else {
      throw FaissError(
        code: .limit,
        message: "\(queryCount) queries for \(k) rows each ask for too much at once; ask for fewer")
    }
    var scores = [Float](repeating: .nan, count: size)
    var labels = [Int64](repeating: -1, count: size)
    if let setting = nprobe ?? efSearch, setting < 1 {
      throw FaissError(
        code: .argument, message: "expected nprobe or efSearch of at least 1, found \(setting)")
    }
    try Self.checked {
      cfaiss_search(
        handle, Int64(queryCount), queries, Int64(k), Int64(nprobe ?? 0), Int64(efSearch ?? 0), &scores,
        &labels,
        $0)
    }
    return (scores, labels.map(Int.init))
  }

  /// The vector at a position as the index gives it back, `[dimension]`.
  ///
  /// Takes time in proportion to `count` for inverted lists; ``reconstructAll()`` does not for each row.
  public func reconstruct(_ position: Int) throws(FaissError) -> [Float] {
    var row = [Float](repeating: 0, count: dimension)
    try Self.checked { cfaiss_reconstruct(handle, Int64(position), &row, $0) }
    return row
  }

  /// One vector by the label of a search's answer, `[dimension]`, where faiss itself can give it.
  ///
  /// Throws for an `IndexIDMap` and for inverted lists without a direct map, as LangChain's MMR does; takes time in
  /// proportion to `count` where there are ``labels``. The corresponding faiss function is `Index::reconstruct`.
  public func reconstruct(label: Int) throws(FaissError) -> [Float] {
    var row = [Float](repeating: 0, count: dimension)
    try Self.checked { cfaiss_reconstruct_label(handle, Int64(label), &row, $0) }
    return row
  }

  /// All vectors as the index gives them back, `[count, dimension]` by position.
  ///
  /// Exact for flat storage, approximate for quantized codes. Throws `.unsupportedOperation`.
  public func reconstructAll() throws(FaissError) -> [Float] {
    var rows = [Float](repeating: 0, count: count * dimension)
    try Self.checked { cfaiss_reconstruct_all(handle, &rows, $0) }
    return rows
  }

  /// Whether faiss computes distances with the kernels of this package, for the instructions of this processor; if
  /// not, it does with its own for SSE2, which are some times slower.
  public static var usesScanKernels: Bool { cfaiss_uses_scan_kernels() }

  /// How many threads faiss may use from now on, in the whole process; one for each processor unless set.
  public static func useThreads(_ count: Int) {
    cfaiss_set_threads(Int32(clamping: count))
  }

  /// More scores and labels (12 bytes each) than this in one answer are a mistake.
  private static let largestAnswer = 1 << 28

  private static func setting(_ value: Int64) -> Int? { value < 0 ? nil : Int(value) }

  /// The number of rows in a flat array.
  ///
  /// Throws `.argument` when the last row is cut short.
  func rowCount(_ values: [Float], _ name: String) throws(FaissError) -> Int {
    guard values.count % dimension == 0 else {
      throw FaissError(
        code: .argument,
        message: "expected \(name) of \(dimension) dimensions each, found \(values.count) values")
    }
    return values.count / dimension
  }
}
