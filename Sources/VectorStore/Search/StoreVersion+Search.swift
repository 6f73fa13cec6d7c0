import Faiss

extension StoreVersion {
  /// The `k` nearest rows to `query`, nearest first, equal scores by row.
  ///
  /// With a `mask` only its rows are ranked: the answer is the true top k of them. A flat store is
  /// scanned exactly, from the second search on by codes of its rows where it is large (``CodedScan``), which
  /// changes no answer; an index of another type that is whole and unfiltered answers itself, and is
  /// otherwise scanned through the vectors it reconstructs. `effort` is how thoroughly such an index looks, nil
  /// leaves what it is set to; where rows are scanned it changes nothing. Throws ``VectorStoreError``
  /// `.dimension`, `.unsupported` for an effort that the index does not have, and `CancellationError`.
  public func search(
    _ query: [Float], k: Int, mask: RowMask? = nil, ties: TieOrder = .row, effort: SearchEffort? = nil
  ) async throws -> [ScoredRow] {
    guard query.count == dimension else {
      throw VectorStoreError.dimension(expected: dimension, found: query.count, what: "the query vector")
    }
    guard k > 0, count > 0, !query.contains(where: \.isNaN) else { return [] }
    if mask == nil, let indexed = answeringIndex { return try Self.ask(indexed, query, k: k, effort) }
    guard metric.isScanned else { return try rankAll(query, k: k, mask: mask) }
    var best = TopRows(k: k, metric: metric, ties: ties)
    let plain = ExactScan(query: query, metric: metric, k: k, ties: ties)
    let coded = CodedScan(query: query, metric: metric, k: k, ties: ties)
    for (part, set) in zip(parts, mask?.sets ?? parts.map(\.live)) where set.count > 0 {
      if let found = try await coded?.nearestByCodes(in: part, selected: set) {
        best.offer(contentsOf: found)
      } else {
        best.offer(contentsOf: try await plain.nearest(in: part, selected: set))
      }
    }
    return best.sorted
  }

  /// What the index itself answers, by position, without the padding that faiss adds.
  private static func ask(
    _ indexed: IndexedVectors, _ query: [Float], k: Int, _ effort: SearchEffort? = nil
  ) throws -> [ScoredRow] {
    do throws(FaissError) {
      let (distances, labels) = try indexed.index.search(
        query, k: min(k, indexed.index.count), nprobe: effort?.nprobe, efSearch: effort?.efSearch)
      return zip(labels, distances).compactMap { label, distance in
        guard !distance.isNaN, let position = indexed.position(of: label) else { return nil }
        return ScoredRow(row: position, score: distance)
      }
    } catch {
      throw VectorStoreError(.unsupported, error.message)
    }
  }

  /// For metrics that only faiss computes: every row of each index in its order, then what the mask leaves.
  private func rankAll(_ query: [Float], k: Int, mask: RowMask?) throws -> [ScoredRow] {
    var best = TopRows(k: k, metric: metric)
    for (number, part) in parts.enumerated() {
      guard let indexed = part.segment.vectors.indexed else {
        throw VectorStoreError(
          .unsupported,
          "scores of the metric \(metric.name) come from faiss, and rows added here are not in its index yet; "
            + "save, then search")
      }
      let selected = mask?.sets[number] ?? part.live
      for found in try Self.ask(indexed, query, k: part.segment.count) where selected.contains(found.row) {
        best.offer(part.start + part.live.rank(of: found.row), found.score)
      }
    }
    return best.sorted
  }

  /// True when the rows looked at all have length 1, so that ranks by L2, cosine and inner product agree.
  ///
  /// Looks at 256 rows spread over the store; zero vectors are passed over.
  public func looksNormalized() throws(VectorStoreError) -> Bool {
    guard count > 0 else { return false }
    var sawUnit = false
    for step in 0..<min(256, count) {
      let vector = try vector(atRow: step * count / min(256, count))
      let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }
      if norm == 0 { continue }
      guard abs(norm - 1) < 1e-4 else { return false }
      sawUnit = true
    }
    return sawUnit
  }
}
