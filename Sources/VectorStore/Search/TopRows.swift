/// A row with its score.
public struct ScoredRow: Sendable, Hashable {
  public var row: Int
  public var score: Float

  public init(row: Int, score: Float) {
    self.row = row
    self.score = score
  }
}

/// Which of two equal scores comes first.
public enum TieOrder: Sendable, Hashable {
  /// The smaller row.
  case row
  /// As faiss's flat search answers for k < 100: for L2 the smaller row; for inner product the
  /// larger row, and among rows tied at the cut those that its heap keeps.
  case faiss
}

/// The k nearest of the rows offered, as a heap with the worst on top.
///
/// NaN scores are never kept. Offering costs O(log k), and one comparison when the row is too far.
public struct TopRows: Sendable {
  public let k: Int
  private let largerIsNearer: Bool
  private let largerRowFirst: Bool
  private var heap: [ScoredRow] = []

  public init(k: Int, metric: Metric, ties: TieOrder = .row) {
    self.k = max(0, k)
    largerIsNearer = metric.largerIsNearer
    largerRowFirst = ties == .faiss && metric.largerIsNearer
  }

  /// Offers a row.
  ///
  /// Under ``TieOrder/faiss`` rows must be offered in ascending order.
  @inline(__always)
  public mutating func offer(_ row: Int, _ score: Float) {
    guard !score.isNaN, k > 0 else { return }
    if heap.count < k {
      heap.append(ScoredRow(row: row, score: score))
      siftUp(heap.count - 1)
      return
    }
    let worst = heap[0]
    // faiss replaces its worst only for a strictly better score; a full heap of ours also
    // yields to an equal score from a smaller row, so that parallel scans agree with a plain one.
    let isBetter = largerIsNearer ? score > worst.score : score < worst.score
    guard isBetter || (!largerRowFirst && score == worst.score && row < worst.row) else { return }
    heap[0] = ScoredRow(row: row, score: score)
    siftDown()
  }

  /// Offers all rows that `other` keeps, in ascending order.
  public mutating func offer(contentsOf other: TopRows) {
    for entry in other.heap.sorted(by: { $0.row < $1.row }) { offer(entry.row, entry.score) }
  }

  /// The row that the next nearer one takes the place of; nil while there is room.
  var worst: ScoredRow? { heap.count < k ? nil : heap.first }

  /// Nearest first.
  public var sorted: [ScoredRow] { heap.sorted(by: isNearer) }

  private func isNearer(_ a: ScoredRow, _ b: ScoredRow) -> Bool {
    if a.score != b.score { return largerIsNearer ? a.score > b.score : a.score < b.score }
    return largerRowFirst ? a.row > b.row : a.row < b.row
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isNearer(heap[parent], heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, isNearer(heap[child], heap[child + 1]) { child += 1 }
      guard isNearer(heap[parent], heap[child]) else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
