import Faiss
import VectorStore

/// An index file, checked before anything relies on it: flat vectors stay where they are, other types are faiss's.
struct IndexReader {
  let vectors: Vectors
  let metric: Metric
  let summary: IndexSummary
  /// The number by which LangChain's map knows each position.
  let labels: [Int]
  private(set) var problems: [StoreProblem] = []

  /// Whether each position is known by its own number.
  var hasPlainLabels: Bool { labels.enumerated().allSatisfy { $0.offset == $0.element } }

  /// An index in a file.
  ///
  /// Throws ``StoreFormatError`` with the file's name.
  init(_ file: MappedFile, name: String, limits: FaissLimits = .standard) throws(StoreFormatError) {
    do {
      self = try file.withBytes { bytes throws(FaissError) in
        try IndexReader(bytes, limits) { offset, count, dimension in
          Vectors(mapped: file, offset: offset, count: count, dimension: dimension)
        }
      }
    } catch {
      throw StoreFormatError(error, in: name)
    }
  }

  /// An index inside another file.
  init(bytes: [UInt8], name: String, limits: FaissLimits = .standard) throws(StoreFormatError) {
    let result = bytes.withUnsafeBytes { raw -> Result<IndexReader, FaissError> in
      do throws(FaissError) {
        return .success(
          try IndexReader(raw, limits) { offset, count, dimension in
            let values = [Float](unsafeUninitializedCapacity: count * dimension) { buffer, initialized in
              UnsafeMutableRawBufferPointer(buffer).copyBytes(
                from: raw[offset..<offset + count * dimension * 4])
              initialized = count * dimension
            }
            return Vectors(values, dimension: dimension)
          })
      } catch {
        return .failure(error)
      }
    }
    do { self = try result.get() } catch { throw StoreFormatError(error, in: name) }
  }

  private init(
    _ bytes: UnsafeRawBufferPointer, _ limits: FaissLimits,
    flat: (_ offset: Int, _ count: Int, _ dimension: Int) -> Vectors
  ) throws(FaissError) {
    let file = try FaissFile.inspect(bytes, limits: limits)
    metric = Metric(faissType: file.metricType, argument: file.metricArgument)
    summary = IndexSummary(
      typeName: file.typeName, className: file.className,
      parameters: file.parameters.map { IndexSummary.Parameter(name: $0.name, value: "\($0.value)") })
    if let codes = file.flatCodes, metric == .squaredL2 || metric == .innerProduct {
      vectors = flat(codes.lowerBound, file.count, file.dimension)
      labels = Array(0..<file.count)
    } else {
      let index = try FaissIndex.read(bytes, limits: limits)
      // 1.7.3 rounds the query to bytes too, where later versions do not; newer codes it cannot search at all.
      let isRounding = file.typeName == "scalar quantizer 8-bit direct"
      vectors = Vectors(index, answersSearches: !isRounding && index.supports(.search))
      labels = index.labels ?? Array(0..<index.count)
    }
    if file.trailingBytes > 0 {
      problems.append(
        StoreProblem(
          code: "trailing_bytes",
          message: "\(file.trailingBytes) bytes follow the end of the index; they are ignored, and not saved")
      )
    }
  }
}
