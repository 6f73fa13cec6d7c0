import VectorStore

/// Vectors of length 1 that the program makes itself, the same in each run, and queries near to some of them.
struct SearchData {
  enum Kind: String {
    /// 1,000 groups, as embeddings of texts have them.
    case clustered
    /// Directions without any order.
    case random
    /// One vector again and again: the worst for codes, which cannot tell the rows apart.
    case equal
  }

  let version: StoreVersion
  let queries: [[Float]]
  private let rows: Int

  var part: StoreVersion.Part { version.parts[0] }

  init(_ kind: Kind, rows: Int, dimension: Int, queries: Int) {
    var numbers = Numbers(state: 1)
    let centres = (0..<1000).map { _ in Self.direction(dimension, &numbers) }
    var values: [Float] = []
    values.reserveCapacity(rows * dimension)
    for row in 0..<rows {
      switch kind {
      case .clustered:
        let noise = Self.direction(dimension, &numbers)
        values += Self.sum(centres[row % centres.count], noise, share: 0.7)
      case .random: values += Self.direction(dimension, &numbers)
      case .equal: values += centres[0]
      }
    }
    self.rows = rows
    self.queries = (0..<queries).map { _ in
      let row = Int.random(in: 0..<rows, using: &numbers)
      let near = Array(values[row * dimension..<(row + 1) * dimension])
      return Self.sum(near, Self.direction(dimension, &numbers), share: 0.5)
    }
    version = StoreVersion(
      dimension: dimension, metric: .squaredL2,
      segments: [
        Segment(vectors: Vectors(values, dimension: dimension), documents: NoText(count: rows), origin: .file)
      ])
  }

  /// A share of the rows, spread over the store.
  func selected(share: Double) -> RowSet {
    guard share < 1 else { return RowSet(all: rows) }
    var numbers = Numbers(state: 2)
    return RowSet(capacity: rows) { _ in Double.random(in: 0..<1, using: &numbers) < share }
  }

  private static func direction(_ dimension: Int, _ numbers: inout Numbers) -> [Float] {
    unit(
      (0..<dimension).map { _ in
        // Four uniform numbers of 16 bits make one that is near enough to a normal one.
        let bits = numbers.next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
        return Float(sum) - 131_070
      })
  }

  private static func sum(_ a: [Float], _ b: [Float], share: Float) -> [Float] {
    unit(zip(a, b).map { $0 + share * $1 })
  }

  private static func unit(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }
}

/// Documents that nobody reads.
private struct NoText: DocumentSource {
  let count: Int

  func document(at position: Int) -> Document { Document(id: id(at: position), content: "") }
  func id(at position: Int) -> DocumentID { DocumentID("\(position)") }
  func metadata(at position: Int) -> Metadata { [:] }
  func check() {}
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
