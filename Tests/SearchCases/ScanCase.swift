import CScan
import VectorStore

/// A random store of one segment with a search in it, of kinds that are hard for bounds.
package struct ScanCase: CustomStringConvertible {
  /// The paths of this processor.
  package static let paths = [CSCAN_PORTABLE, CSCAN_AVX2, CSCAN_AVX512]
    .filter { $0.rawValue <= cscan_best_codes_path().rawValue }

  package enum Kind: CaseIterable {
    case uniform, unit, clustered, whole, equal, outlier, offset, subnormal, small, large, mixed, unfit
  }

  package let kind: Kind
  package let dimension: Int
  package let values: [Float]
  package let query: [Float]
  package let metric: Metric
  package let k: Int
  package let ties: TieOrder
  package let part: StoreVersion.Part
  package let selected: RowSet

  package var description: String {
    "\(kind), \(dimension) dimensions, \(part.segment.count) rows, \(part.live.count) live, "
      + "\(selected.count) selected, k \(k), \(metric.name), ties by \(ties)"
  }

  /// One of any size, or of the dimension and rows that are given.
  package init(_ numbers: inout SeededNumbers, dimension given: Int? = nil, count rows: Int? = nil) {
    kind = Kind.allCases.randomElement(using: &numbers) ?? .uniform
    let anyDimension =
      switch Int.random(in: 0..<20, using: &numbers) {
      case 0: Int.random(in: 1000...8192, using: &numbers)
      case 1, 2: Int.random(in: 200...600, using: &numbers)
      case 3: [1, 2, 8192][Int.random(in: 0..<3, using: &numbers)]
      default: Int.random(in: 1...70, using: &numbers)
      }
    dimension = given ?? anyDimension
    // Few numbers in all, so that a case is quick; now and then more rows than a block has.
    let most = Int.random(in: 0..<40, using: &numbers) == 0 && dimension < 20 ? 9000 : 20_000 / dimension
    let anyCount = Int.random(in: 1...max(2, min(most, dimension < 20 ? 9000 : 300)), using: &numbers)
    let count = rows ?? anyCount
    values = Self.rows(kind, count: count, dimension: dimension, &numbers)
    query = Self.query(kind, values, dimension: dimension, &numbers)
    metric = Bool.random(using: &numbers) ? .squaredL2 : .innerProduct
    ties = Int.random(in: 0..<3, using: &numbers) == 0 ? .faiss : .row
    k =
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0: Int.random(in: 1...(count + 2), using: &numbers)
      case 1: 1
      default: Int.random(in: 1...min(10, count), using: &numbers)
      }
    let survive = Int.random(in: 0..<3, using: &numbers) == 0 ? 7 : 10
    let live = RowSet(capacity: count) { _ in Int.random(in: 0..<10, using: &numbers) < survive }
    let among = [10, 10, 5, 2, 1][Int.random(in: 0..<5, using: &numbers)]
    selected = live.intersection(
      RowSet(capacity: count) { _ in Int.random(in: 0..<10, using: &numbers) < among })
    let documents = (0..<count).map { Document(id: DocumentID("\($0)"), content: "") }
    part =
      StoreVersion(
        dimension: dimension, metric: metric,
        segment: Segment(
          vectors: Vectors(values, dimension: dimension), documents: documents, origin: .file),
        live: live
      ).parts[0]
  }

  // MARK: Searches

  /// What is wrong with the answers to the case of a seed; nil when they are those of a plain scan on each path.
  package static func failure(seed: UInt64) async throws -> String? {
    var numbers = SeededNumbers(seed)
    let one = ScanCase(&numbers)
    let expected = try await one.plain()
    for path in paths {
      for insists in [true, false] {
        let found = try await one.coded(path, insists: insists)
        guard found.map({ $0 == expected }) ?? true else { return "path \(path.rawValue), \(one)" }
      }
    }
    return one.agreesWithDoubles(expected) ? nil : "against doubles, \(one)"
  }

  package func plain() async throws -> TopRows {
    try await ExactScan(query: query, metric: metric, k: k, ties: ties).nearest(in: part, selected: selected)
  }

  /// Nil where codes say nothing, or a plain scan is quicker.
  package func coded(_ path: cscan_path, insists: Bool) async throws -> TopRows? {
    let codes = try await ByteCodes(encoding: part.segment.vectors, path: path)
    return try await CodedScan(query: query, metric: metric, k: k, ties: ties, path: path)?
      .nearest(in: part, selected: selected, codes: codes, insists: insists)?.best
  }

  /// True when the scores differ from those of exact arithmetic by rounding alone, and so does the choice.
  ///
  /// By (d / 8 + 16) * 2^-24 of the sum of the magnitudes; where numbers overflow nothing is compared.
  package func agreesWithDoubles(_ found: TopRows) -> Bool {
    var exact: [(row: Int, score: Double, slack: Double)] = []
    for position in selected.members {
      var score = 0.0
      var size = 0.0
      for place in 0..<dimension {
        let x = Double(query[place])
        let y = Double(values[position * dimension + place])
        let term = metric == .innerProduct ? x * y : (x - y) * (x - y)
        score += term
        size += abs(term)
      }
      guard size < 1e38 else { return true }
      let slack = size * (Double(dimension / 8) + 16) * 0x1p-24 + Double(dimension + 16) * 0x1p-147
      exact.append((part.live.rank(of: position), metric.largerIsNearer ? -score : score, slack))
    }
    let scores = Dictionary(uniqueKeysWithValues: exact.map { ($0.row, ($0.score, $0.slack)) })
    let hits = found.sorted
    guard hits.count == min(k, exact.count) else { return false }
    let order = exact.sorted { $0.score < $1.score }
    return zip(hits, order).allSatisfy { hit, best in
      guard let (score, slack) = scores[hit.row] else { return false }
      let distance = Double(metric.largerIsNearer ? -hit.score : hit.score)
      // The row at a rank is at most as much farther than the exact one as both can be off.
      let widest = exact.reduce(0) { max($0, $1.slack) }
      return abs(distance - score) <= slack && abs(score - best.score) <= 2 * widest
    }
  }

  // MARK: Numbers

  private static func rows(
    _ kind: Kind, count: Int, dimension: Int, _ numbers: inout SeededNumbers
  ) -> [Float] {
    let centre = (0..<dimension).map { _ in Float.random(in: -1...1, using: &numbers) }
    var rows: [Float] = []
    rows.reserveCapacity(count * dimension)
    for number in 0..<count {
      var row = (0..<dimension).map { _ in Float.random(in: -1...1, using: &numbers) }
      switch kind {
      case .uniform: break
      case .unit: row = unit(row)
      case .clustered: row = zip(centre, row).map { $0 + 0.05 * $1 }
      case .whole: row = row.map { ($0 * 2).rounded() }
      case .equal: row = centre
      case .outlier: row[0] *= 30
      case .offset: row = row.enumerated().map { $0 < 4 ? $1 + 20 : $1 }
      case .subnormal: row = row.map { $0 * 0x1p-135 }
      case .small: row = row.map { $0 * 1e-25 }
      case .large: row = row.map { $0 * 1e17 }
      case .mixed:
        let factor = [1e-44, 1e-30, 1e-10, 1, 1, 1e8, 1e19, 1e38][number % 8]
        row = row.map { $0 * Float(factor) }
      case .unfit:
        let odd: [Float] = [.nan, .infinity, -.infinity, 3e38, 0x1p55]
        if Int.random(in: 0..<4, using: &numbers) == 0 {
          row[Int.random(in: 0..<dimension, using: &numbers)] =
            odd[Int.random(in: 0..<odd.count, using: &numbers)]
        }
      }
      // A row again makes equal scores.
      if number > 0, Int.random(in: 0..<8, using: &numbers) == 0 {
        let other = Int.random(in: 0..<number, using: &numbers)
        row = Array(rows[other * dimension..<(other + 1) * dimension])
      }
      rows += row
    }
    return rows
  }

  private static func query(
    _ kind: Kind, _ rows: [Float], dimension: Int, _ numbers: inout SeededNumbers
  ) -> [Float] {
    let row = Int.random(in: 0..<rows.count / dimension, using: &numbers)
    let one = Array(rows[row * dimension..<(row + 1) * dimension])
    let other = self.rows(kind == .unfit ? .uniform : kind, count: 1, dimension: dimension, &numbers)
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0: return [Float](repeating: 0, count: dimension)
    case 1: return other.map { $0 * 1e4 }
    case 2, 3, 4: return one.contains(where: \.isNaN) ? other : one
    case 5, 6: return zip(one, other).map { $0.isFinite ? $0 + 0.01 * $1 : $1 }
    default: return other
    }
  }

  private static func unit(_ row: [Float]) -> [Float] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? row.map { $0 / length } : row
  }
}

extension TopRows {
  /// The same rows in the same order with the same bits.
  static func == (a: TopRows, b: TopRows) -> Bool {
    a.sorted.map(\.row) == b.sorted.map(\.row)
      && a.sorted.map(\.score.bitPattern) == b.sorted.map(\.score.bitPattern)
  }
}
