import CScan

/// A search that reads a quarter of the bytes and answers what ``ExactScan`` answers, bit for bit.
///
/// A first pass over ``ByteCodes`` finds for each row how near and how far it can be. Rows that can be no nearer
/// than the k-th smallest of the far ends are out; the others are scored as ``ExactScan`` scores them, those that
/// can be nearest first, until the next cannot be among the k. `docs/exact-search.md` has the proof.
package struct CodedScan: Sendable {
  /// Where more than one row in so many is left for the second pass, a plain scan is as quick.
  private static let leastSaved = 8
  /// Below this many bytes a second thread costs more than it saves.
  private static let bytesWorthAThread = 1 << 21

  /// Candidates that are asked for before the first is read; more are rare, and few of them are wanted.
  private static let prefetched = 1024

  let query: [Float]
  let metric: Metric
  let k: Int
  let ties: TieOrder
  private let coded: CodedQuery

  /// The answer, and how many rows the codes left to be scored.
  package struct Finding: Sendable {
    package var best: TopRows
    package var scored: Int
  }

  /// A row that can be among the nearest.
  private struct Candidate {
    var position: Int
    var nearest: Float
  }

  /// What the first pass over some blocks found.
  private struct Coarse: Sendable {
    var candidates: [Candidate] = []
    /// The far ends of the k that are certainly nearest.
    var farthest: TopRows

    /// Takes the rows of a block that can be among the nearest; `position` is nil for those that were not selected.
    @inline(__always)
    mutating func take(
      _ count: Int, _ nearest: [Float], _ farthest: [Float], position: (Int) -> Int?
    ) {
      var limit = self.limit
      for index in 0..<count where !(nearest[index] > limit) {
        guard let position = position(index) else { continue }
        candidates.append(.init(position: position, nearest: nearest[index]))
        if farthest[index] < limit {
          self.farthest.offer(position, farthest[index])
          limit = self.limit
        }
      }
    }

    /// Drops what further rows have shown to be too far.
    mutating func keepPossible() {
      let limit = limit
      candidates.removeAll { $0.nearest > limit }
    }

    /// No row beyond it is among the nearest.
    private var limit: Float { farthest.worst?.score ?? .infinity }
  }

  /// Nil where codes cannot say anything about this query or metric.
  package init?(
    query: [Float], metric: Metric, k: Int, ties: TieOrder = .row, path: cscan_path = cscan_best_codes_path()
  ) {
    guard k > 0, let coded = CodedQuery(query, metric: metric, path: path) else { return nil }
    self.query = query
    self.metric = metric
    self.k = k
    self.ties = ties
    self.coded = coded
  }

  /// The k nearest among `selected` of `part` by the codes of its segment; nil where they are not there yet or a
  /// plain scan is quicker.
  func nearestByCodes(in part: StoreVersion.Part, selected: RowSet) async throws -> TopRows? {
    let segment = part.segment
    guard segment.codes.pay(selected: selected.count, k: k), let codes = segment.codes.whenMade() else {
      return nil
    }
    return try await nearest(in: part, selected: selected, codes: codes)?.best
  }

  /// The k nearest among `selected` of `part`, whose codes these are; nil where a plain scan is quicker.
  ///
  /// Throws what reading the vectors throws, and `CancellationError`. With `insists` it goes on although that does
  /// not pay.
  package func nearest(
    in part: StoreVersion.Part, selected: RowSet, codes: ByteCodes, insists: Bool = false
  ) async throws -> Finding? {
    precondition(codes.dimension == query.count)
    let limit = insists ? Int.max : selected.count / Self.leastSaved
    guard k <= limit / 2 else { return nil }
    let found = try await coarse(codes, selected, limit: limit)
    // What was read of a file that is not what it was bounds nothing.
    guard (try? codes.check()) != nil, var coarse = found else { return nil }
    coarse.keepPossible()
    guard coarse.candidates.count <= limit else { return nil }
    return try score(coarse.candidates, in: part)
  }

  // MARK: First pass

  private func coarse(_ codes: ByteCodes, _ selected: RowSet, limit: Int) async throws -> Coarse? {
    let blocks = codes.blocks.count
    let workers = min(blocks, selected.capacity * query.count < Self.bytesWorthAThread ? 1 : 2)
    if workers < 2 { return try coarse(codes, selected, blocks: 0..<blocks, limit: limit) }
    let share = (blocks + workers - 1) / workers
    return try await withThrowingTaskGroup(of: Coarse?.self) { group in
      for start in stride(from: 0, to: blocks, by: share) {
        group.addTask {
          try coarse(codes, selected, blocks: start..<min(blocks, start + share), limit: limit)
        }
      }
      var whole = Coarse(farthest: TopRows(k: k, metric: .squaredL2))
      for try await found in group {
        guard let found else {
          group.cancelAll()
          return nil
        }
        whole.candidates += found.candidates
        whole.farthest.offer(contentsOf: found.farthest)
      }
      return whole
    }
  }

  /// Nil as soon as more than `limit` rows are left.
  private func coarse(_ codes: ByteCodes, _ selected: RowSet, blocks: Range<Int>, limit: Int) throws
    -> Coarse?
  {
    var found = Coarse(farthest: TopRows(k: k, metric: .squaredL2))
    var nearest = [Float](repeating: 0, count: ByteCodes.blockRows)
    var farthest = nearest
    // A dense block is bounded whole; where few rows are selected those alone are.
    let isSparse = selected.count < selected.capacity / 4
    var positions: [UInt32] = []
    for number in blocks {
      try Task.checkCancellation()
      Task.giveWay()
      let block = codes.blocks[number]
      let start = number * ByteCodes.blockRows
      if isSparse {
        positions.removeAll(keepingCapacity: true)
        selected.forEach(in: start..<start + block.count) { positions.append(UInt32($0 - start)) }
        coded.bound(block, positions: positions, nearest: &nearest, farthest: &farthest)
        found.take(positions.count, nearest, farthest) { start + Int(positions[$0]) }
      } else {
        coded.bound(block, positions: nil, nearest: &nearest, farthest: &farthest)
        found.take(block.count, nearest, farthest) { selected.contains(start + $0) ? start + $0 : nil }
      }
      if found.candidates.count > limit {
        found.keepPossible()
        if found.candidates.count > limit { return nil }
      }
    }
    return found
  }

  // MARK: Second pass

  private func score(_ candidates: [Candidate], in part: StoreVersion.Part) throws -> Finding {
    let order = candidates.sorted { $0.nearest < $1.nearest }
    for candidate in order.prefix(Self.prefetched) { part.segment.vectors.prefetch(candidate.position) }
    var best = TopRows(k: k, metric: metric)
    var all: [ScoredRow] = []
    var scored = 0
    // The heap of faiss keeps other rows of those tied at the cut, by the order in which they come.
    let keepsOrder = ties == .faiss && metric.largerIsNearer
    try part.segment.vectors.withRows { rows throws(VectorStoreError) in
      for candidate in order {
        if let worst = best.worst, candidate.nearest > (metric.largerIsNearer ? -worst.score : worst.score) {
          break
        }
        let score = metric.score(query, rows + candidate.position * query.count * MemoryLayout<Float>.size)
        let row = part.start + part.live.rank(of: candidate.position)
        best.offer(row, score)
        if keepsOrder { all.append(ScoredRow(row: row, score: score)) }
        scored += 1
        if scored % 64 == 0 { Task.giveWay() }
      }
    }
    if keepsOrder {
      best = TopRows(k: k, metric: metric, ties: ties)
      for found in all.sorted(by: { $0.row < $1.row }) { best.offer(found.row, found.score) }
    }
    return Finding(best: best, scored: scored)
  }
}
