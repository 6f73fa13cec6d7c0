extension FaissFile {
  /// More vectors than any machine holds; the bytes of so many of ``FaissLimits/largestDimension`` stay within 64 bits.
  static let largestCount = 1 << 36
}

extension FaissFile.Inspection {
  /// The fields that every index begins with (`read_index_header`), after its type.
  ///
  /// - Parameter metrics: the metrics that this type can search with.
  mutating func header(
    _ code: FourCC, className: String, typeName: String, metrics: Set<Int32> = FaissVersions.commonMetrics
  ) throws(FaissError) -> FaissFile {
    let dimension = try number("the dimension", upTo: .dimension)
    let countAt = cursor.offset
    let count = Int(try cursor.int64("the number of vectors"))
    try check(
      (0...FaissFile.largestCount).contains(count),
      "expected 0 to \(FaissFile.largestCount) vectors, found \(count)", at: countAt)
    _ = try cursor.run(16, "two unused fields")
    let trainedAt = cursor.offset
    let isTrained = try cursor.flag("is_trained")
    let metricAt = cursor.offset
    let metric = try cursor.int32("the metric")
    guard metrics.contains(metric) else {
      throw FaissVersions.refusal(ofMetric: metric, for: typeName, at: metricAt)
    }
    let argument = metric > 1 ? try cursor.float("the metric's argument") : 0
    guard isTrained else {
      throw .unsupported(
        "the index (\(typeName)) was never trained, so it can hold no vectors", at: trainedAt)
    }
    return FaissFile(
      fourCC: code.text, typeName: typeName, className: className, dimension: dimension, count: count,
      metricType: metric, metricArgument: argument, isTrained: isTrained, flatCodes: nil, parameters: [],
      trailingBytes: 0, hasOwnLabels: false, answerLimit: count, hasStrictLimit: false)
  }

  /// Vectors as they are: `IndexFlatL2`, `IndexFlatIP` and `IndexFlat` with any metric.
  mutating func flat(_ code: FourCC) throws(FaissError) -> FaissFile {
    let metrics: Set<Int32> =
      switch code {
      case "IxF2": [1]
      case "IxFI": [0]
      default: FaissVersions.flatMetrics
      }
    let className =
      switch code {
      case "IxF2": "IndexFlatL2"
      case "IxFI": "IndexFlatIP"
      default: "IndexFlat"
      }
    var file = try header(code, className: className, typeName: "flat", metrics: metrics)
    file.typeName = "flat \(FaissVersions.metricName(file.metricType))"
    let floats = try cursor.vector(
      of: UInt32.self, "the flat vectors", count: file.count * file.dimension)
    file.flatCodes = floats.bytes.indices
    return file
  }
}

extension FaissFile.Inspection {
  /// Throws when two fields contradict each other, or one is out of bounds.
  func check(_ holds: Bool, _ what: @autoclosure () -> String, at offset: Int) throws(FaissError) {
    if !holds { throw .malformed(what(), at: offset) }
  }

  /// Throws when the part of an index differs from the whole in what both state.
  func check(
    _ part: FaissFile, is name: String, of whole: FaissFile, dimension: Int? = nil, at offset: Int
  ) throws(FaissError) {
    let dimension = dimension ?? whole.dimension
    try check(
      part.dimension == dimension,
      "expected \(name) of dimension \(dimension), found \(part.dimension)", at: offset)
    try check(
      part.count == whole.count,
      "expected \(name) of \(whole.count) vectors, found \(part.count)", at: offset)
    try check(
      part.metricType == whole.metricType,
      "expected \(name) with the metric \(whole.metricType), found \(part.metricType)", at: offset)
  }

  /// A 32-bit number of at least 1 that is within a limit.
  mutating func number(_ field: String, upTo name: FaissLimits.Name) throws(FaissError) -> Int {
    let start = cursor.offset
    let value = try cursor.number(field, in: 1...Int(Int32.max))
    try check(value, field, name, at: start)
    return value
  }

  /// Throws when a number is larger than a limit.
  func check(
    _ value: Int, _ field: String, _ name: FaissLimits.Name, at offset: Int
  ) throws(FaissError) {
    let most = name == .dimension ? min(limits.dimension, FaissLimits.largestDimension) : limits[name]
    guard value <= most else {
      throw .limit("expected \(field) to be at most \(most), found \(value)", name, at: offset)
    }
  }

  /// Throws when faiss would make a table in memory that is out of proportion to the file.
  func checkTable(_ factors: [Int], of name: String, at offset: Int) throws(FaissError) {
    let bound = limits.tableBytes(forFileOf: cursor.bytes.count)
    var size = 1
    for factor in factors {
      let (product, overflow) = size.multipliedReportingOverflow(by: factor)
      guard !overflow, product <= bound else {
        throw .limit(
          "faiss would need more than \(bound) bytes of memory for \(name)", .tableBytes, at: offset)
      }
      size = product
    }
  }
}

extension Array where Element == FaissFile.Parameter {
  mutating func add(_ name: String, _ value: Int) {
    append(FaissFile.Parameter(name: name, value: value))
  }
}
