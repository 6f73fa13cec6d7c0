import CScan
import VectorStore

/// A random store of some parts with deleted rows and a filter, to be searched for its own rows and for queries.
package struct StoreCase: CustomStringConvertible {
  package let version: StoreVersion
  package let mask: RowMask?
  package let queries: [[Float]]
  package let k: Int
  /// Of pairs.
  package let distance: Float

  package var description: String {
    "\(version.parts.count) parts, \(version.dimension) dimensions, \(version.count) rows, "
      + "\(mask?.count ?? version.count) of them selected, \(version.metric.name), k \(k), distance \(distance)"
  }

  package init(_ numbers: inout SeededNumbers) throws {
    let dimension = Int.random(in: 1...200, using: &numbers)
    let metric: Metric = Bool.random(using: &numbers) ? .squaredL2 : .innerProduct
    var pieces: [StoreVersion.Piece] = []
    var queries: [[Float]] = []
    for _ in 0..<Int.random(in: 1...3, using: &numbers) {
      let one = ScanCase(&numbers, dimension: dimension, count: Int.random(in: 1...24, using: &numbers))
      pieces.append(.init(segment: one.part.segment, live: one.part.live))
      queries += [one.query, ScanCase(&numbers, dimension: dimension, count: 1).query]
    }
    version = StoreVersion(dimension: dimension, metric: metric, pieces: pieces)
    self.queries = queries
    mask = Int.random(in: 0..<3, using: &numbers) > 0 ? nil : try version.mask { $0.id.text.last != "3" }
    k = Int.random(in: 1...4, using: &numbers)
    let distances = try Self.distances(version, mask).map(\.squaredDistance).filter(\.isFinite)
    distance =
      [0, .infinity, distances.randomElement(using: &numbers) ?? 0]
      .randomElement(using: &numbers) ?? 0
  }

  /// What is wrong with the answers on a path; nil when they are those of one scan after the other.
  package func failure(_ path: cscan_path) async throws -> String? {
    let search = try await PairSearch(version, mask: mask, mostRows: 7, path: path)
    let pairs = try Self.distances(version, mask).filter { $0.squaredDistance <= distance }
    guard try await search.pairs(within: distance) == pairs else { return "pairs of \(self)" }
    let rows = Set(Self.rows(version, mask))
    for (row, found) in try await search.nearest(k: k).enumerated() {
      let others = try await version.search(try version.vector(atRow: row), k: version.count, mask: mask)
      let expected = rows.contains(row) ? others.filter { $0.row != row }.prefix(k) : []
      guard found == Array(expected) else { return "the nearest of row \(row) of \(self)" }
    }
    for (number, found) in try await version.search(queries: queries, k: k, mask: mask).enumerated() {
      let expected = try await version.search(queries[number], k: k, mask: mask)
      guard found == expected else { return "query \(number) of \(self)" }
    }
    return nil
  }

  private static func rows(_ version: StoreVersion, _ mask: RowMask?) -> [Int] {
    mask.map { version.rows(in: $0, offset: 0, limit: version.count) } ?? Array(0..<version.count)
  }

  private static func distances(_ version: StoreVersion, _ mask: RowMask?) throws -> [RowPair] {
    let rows = rows(version, mask)
    let vectors = try rows.map { try version.vector(atRow: $0) }
    var pairs: [RowPair] = []
    for first in rows.indices {
      for second in rows.indices.dropFirst(first + 1) {
        let score = Metric.squaredL2.score(vectors[first], vectors[second])
        pairs.append(RowPair(first: rows[first], second: rows[second], squaredDistance: score))
      }
    }
    return pairs
  }
}
