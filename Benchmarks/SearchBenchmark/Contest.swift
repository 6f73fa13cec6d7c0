import CScan
import VectorStore

/// One kind of search, done by both scans in turns.
struct Contest {
  var k: Int
  var metric = Metric.squaredL2
  /// Of the rows, that a filter leaves.
  var share = 1.0
  var path = cscan_best_codes_path()

  private var name: String {
    var name = "top \(k)"
    if metric == .innerProduct { name += ", inner product" }
    if share < 1 { name += ", filter \(share * 100) %" }
    if path != cscan_best_codes_path() { name += path == CSCAN_AVX2 ? ", avx2" : ", portable" }
    return name
  }

  /// The rest of a table's row.
  ///
  /// Where codes do not pay a plain scan follows, as in the product. Stops the program when the answers differ.
  func run(on data: SearchData, codes: ByteCodes) async throws -> String {
    let selected = data.selected(share: share)
    var plainTimes: [Double] = []
    var codedTimes: [Double] = []
    var readTimes: [Double] = []
    var scored = 0
    let clock = ContinuousClock()
    for query in data.queries {
      let plain = ExactScan(query: query, metric: metric, k: k)
      let coded = CodedScan(query: query, metric: metric, k: k, path: path)
      let start = clock.now
      let expected = try await plain.nearest(in: data.part, selected: selected)
      let middle = clock.now
      let found = try await coded?.nearest(in: data.part, selected: selected, codes: codes)
      let best =
        if let found { found.best } else { try await plain.nearest(in: data.part, selected: selected) }
      let end = clock.now
      try await MemoryRate.read(data.part)
      readTimes.append((clock.now - end) / .milliseconds(1))
      precondition(best.sorted == expected.sorted, "both scans have to answer the same")
      plainTimes.append((middle - start) / .milliseconds(1))
      codedTimes.append((end - middle) / .milliseconds(1))
      scored += found?.scored ?? selected.count
    }
    let plain = median(plainTimes)
    let coded = median(codedTimes)
    let quickest = (plainTimes.min() ?? 0) / (codedTimes.min() ?? 1)
    let part = Double(scored) / Double(data.queries.count * selected.count) * 100
    return "| \(name) | \(text(plain)) | \(text(coded)) | \(text(plain / coded)) | \(text(quickest)) "
      + "| \(scored / data.queries.count) (\(text(part)) %) | \(rates(median(readTimes), plain, coded, data)) |"
  }

  /// Which parts of the memory's rate the two scans reach, where all rows are read.
  private func rates(_ read: Double, _ plain: Double, _ coded: Double, _ data: SearchData) -> String {
    guard share == 1 else { return "|" }
    let dimension = Double(data.part.segment.vectors.dimension)
    // A byte for a float, and three numbers a row.
    let bytes = (dimension + 12) / (4 * dimension)
    return "\(percent(read / plain)) | \(percent(read * bytes / coded))"
  }

  private func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Two digits that mean something.
  private func text(_ value: Double) -> String {
    value >= 10
      ? "\((value * 10).rounded() / 10)"
      : value >= 0.1 ? "\((value * 100).rounded() / 100)" : "\((value * 10_000).rounded() / 10_000)"
  }
}
