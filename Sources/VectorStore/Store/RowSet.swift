/// A set of positions `0..<capacity` as bits, with counts, for liveness and for filters.
///
/// Rank and select cost O(log capacity) through a running count per 64-bit word.
public struct RowSet: Sendable, Hashable {
  public let capacity: Int
  public private(set) var words: [UInt64]
  /// `before[w]`: members in words before `w`; one entry more than there are words.
  private var before: [Int32]

  /// The set of all positions.
  public init(all capacity: Int) {
    self.init(capacity: capacity) { _ in true }
  }

  public init(capacity: Int, where isMember: (Int) throws -> Bool) rethrows {
    var words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    for position in 0..<capacity where try isMember(position) {
      words[position >> 6] |= 1 << UInt64(position & 63)
    }
    self.init(capacity: capacity, words: words)
  }

  /// The set of these positions.
  ///
  /// Precondition: all are below `capacity`.
  public init(capacity: Int, members: some Sequence<Int>) {
    var words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    for position in members { words[position >> 6] |= 1 << UInt64(position & 63) }
    self.init(capacity: capacity, words: words)
  }

  private init(capacity: Int, words: [UInt64]) {
    self.capacity = capacity
    self.words = words
    before = [0]
    before.reserveCapacity(words.count + 1)
    var total: Int32 = 0
    for word in words {
      total += Int32(word.nonzeroBitCount)
      before.append(total)
    }
  }

  public var count: Int { Int(before[before.count - 1]) }
  public var isFull: Bool { count == capacity }

  public func contains(_ position: Int) -> Bool {
    words[position >> 6] & (1 << UInt64(position & 63)) != 0
  }

  /// How many members come before `position`.
  public func rank(of position: Int) -> Int {
    let below = words[position >> 6] & ((1 << UInt64(position & 63)) - 1)
    return Int(before[position >> 6]) + below.nonzeroBitCount
  }

  /// The member that has `rank` members before it.
  ///
  /// Precondition: `rank < count`.
  public func position(ofRank rank: Int) -> Int {
    var low = 0
    var high = words.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(before[middle]) <= rank { low = middle } else { high = middle - 1 }
    }
    var word = words[low]
    for _ in 0..<(rank - Int(before[low])) { word &= word - 1 }
    return low * 64 + word.trailingZeroBitCount
  }

  public func subtracting(_ positions: some Sequence<Int>) -> RowSet {
    var words = words
    for position in positions { words[position >> 6] &= ~(1 << UInt64(position & 63)) }
    return RowSet(capacity: capacity, words: words)
  }

  public func intersection(_ other: RowSet) -> RowSet {
    precondition(capacity == other.capacity)
    return RowSet(capacity: capacity, words: zip(words, other.words).map { $0 & $1 })
  }

  public func union(_ other: RowSet) -> RowSet {
    precondition(capacity == other.capacity)
    return RowSet(capacity: capacity, words: zip(words, other.words).map { $0 | $1 })
  }

  /// Members of this set that are not in `other`.
  public func subtracting(_ other: RowSet) -> RowSet {
    precondition(capacity == other.capacity)
    return RowSet(capacity: capacity, words: zip(words, other.words).map { $0 & ~$1 })
  }

  /// Calls `body` with every member of `range`, ascending.
  @inline(__always)
  public func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
    guard !range.isEmpty else { return }
    for index in (range.lowerBound >> 6)...((range.upperBound - 1) >> 6) {
      var word = words[index]
      while word != 0 {
        let position = index * 64 + word.trailingZeroBitCount
        word &= word - 1
        if position >= range.upperBound { return }
        if position >= range.lowerBound { body(position) }
      }
    }
  }

  /// All members, ascending.
  public var members: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    forEach(in: 0..<capacity) { result.append($0) }
    return result
  }
}
