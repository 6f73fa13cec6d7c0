/// What a `.faiss` file holds, established before faiss sees a byte of it.
///
/// faiss 1.7.3 trusts the numbers in a file: many damaged files end the process instead of throwing. A file that
/// ``inspect(_:)`` accepts has been checked for every size, count and graph edge on which reading and searching rely.
/// The vectors themselves are not checked; any float is legal there.
///
/// The layout is that of `write_index` in faiss (impl/index_write.cpp, impl/index_read.cpp).
public struct FaissFile: Equatable, Sendable {
  /// A number that steers searching or that shaped the index, under faiss's name.
  public struct Parameter: Equatable, Sendable {
    public var name: String
    public var value: Int

    public init(name: String, value: Int) {
      self.name = name
      self.value = value
    }
  }

  /// The four characters that name the type in the file, such as "IxF2".
  public internal(set) var fourCC: String
  /// The type for people, such as "id map over flat L2".
  public internal(set) var typeName: String
  /// faiss's class, such as "IndexIDMap".
  public internal(set) var className: String
  /// The number of floats in a vector that is added or searched for; at least 1.
  public internal(set) var dimension: Int
  /// The number of vectors.
  public internal(set) var count: Int
  /// faiss's number of the metric: 0 inner product, 1 squared L2, and 2, 3, 4, 20, 21, 22 for some types.
  public internal(set) var metricType: Int32
  /// The exponent of the Lp metric; 0 for the metrics that need none.
  public internal(set) var metricArgument: Float
  /// Always true: an index that was not trained is refused.
  public internal(set) var isTrained: Bool
  /// The bytes of the file that are `count * dimension` little-endian floats, at any alignment.
  ///
  /// Nil for every type but the plain flat ones (IxF2, IxFI, IxFl).
  public internal(set) var flatCodes: Range<Int>?
  /// nlist, nprobe, M, efSearch and the like, outermost index first.
  public internal(set) var parameters: [Parameter]
  /// How many bytes follow the index; faiss ignores them.
  public internal(set) var trailingBytes: Int
  /// True when a search answers with numbers of the file's choosing instead of the positions `0..<count`.
  public internal(set) var hasOwnLabels: Bool
  /// The most results that one search may ask for.
  ///
  /// `count`, but one less for the graph of NNDescent.
  public internal(set) var answerLimit: Int
  /// True when faiss hangs or ends the process if asked for more than ``answerLimit``, as some graphs do.
  public internal(set) var hasStrictLimit: Bool

  /// Describes and validates an index file.
  ///
  /// Takes time in proportion to the file's graph and lists, not to its vectors, and memory for one reference for
  /// each inverted list.
  /// - Parameter bytes: the whole file, at any alignment.
  /// - Throws: ``FaissError`` with `notAnIndex`, `truncated`, `malformed`, `unsupportedType` or `limit`.
  public static func inspect(
    _ bytes: UnsafeRawBufferPointer, limits: FaissLimits = .standard
  ) throws(FaissError) -> FaissFile {
    if let refusal = FileRecognition.refusal(of: bytes) { throw refusal }
    var inspection = Inspection(bytes, limits)
    var file = try inspection.index()
    file.trailingBytes = inspection.cursor.remaining
    return file
  }
}

extension FaissFile {
  /// A walk through a file from front to back; each step throws at the first byte that faiss could trip over.
  struct Inspection {
    var cursor: ByteCursor
    private(set) var depth = 0

    let limits: FaissLimits

    init(_ bytes: UnsafeRawBufferPointer, _ limits: FaissLimits) {
      cursor = ByteCursor(bytes)
      self.limits = limits
    }

    /// The index that starts here, with the ones inside it.
    mutating func index() throws(FaissError) -> FaissFile {
      let start = cursor.offset
      guard depth < min(limits.depth, FaissLimits.deepest) else {
        throw .limit("expected at most \(depth) indexes inside each other, found more", .depth, at: start)
      }
      depth += 1
      defer { depth -= 1 }
      let code = try cursor.fourCC("the index type")
      switch code {
      case "IxF2", "IxFI", "IxFl": return try flat(code)
      case "IxMp", "IxM2": return try idMap(code)
      case "IxPT": return try preTransform(code)
      case "IxRF": return try refine(code)
      case "IxSQ": return try scalarQuantized(code)
      case "IxPQ", "IxPo", "IxPq": return try productQuantized(code)
      case "IPfs": return try fastScan(code)
      case "IxHe": return try localitySensitiveHash(code)
      case "IwFl", "IwFd": return try invertedFlat(code)
      case "IwSQ", "IwSq": return try invertedScalarQuantized(code)
      case "IwPQ", "IwQR": return try invertedProductQuantized(code)
      case "IwPf": return try invertedFastScan(code)
      case "IHNf", "IHNp", "IHNs": return try hierarchicalGraph(code)
      case "INSf": return try navigatingGraph(code)
      case "INNf": return try neighborGraph(code)
      default: throw FaissVersions.refusal(of: code, at: start)
      }
    }
  }
}
