import VectorStore

/// What a store's documents have under one metadata key.
public struct KeyProfile: Sendable, Equatable {
  public struct TypeCount: Sendable, Equatable {
    /// "int", "text", "NaN", …
    public var name: String
    public var count: Int
  }

  public var name: String
  /// How many documents have the key.
  public var present: Int
  /// Types of its values, those of most documents first.
  public var types: [TypeCount]
  /// How many different values there are.
  public var distinct: Int
  /// The least and the greatest of its finite numbers, else of its texts; nil when there are neither.
  public var least: MetadataValue?
  public var greatest: MetadataValue?
  /// Of numbers, how many lie in each of 16 equal steps from the least to the greatest; of other values, how many
  /// documents have each of the 16 most frequent.
  public var shape: [Int]

  public static let steps = 16

  /// Of several types, none aside: an order asked of such values raises in LangChain.
  public var isMixed: Bool { types.filter { !["none", "NaN", "infinite"].contains($0.name) }.count > 1 }

  /// The profile of a key from how many documents have each value.
  ///
  /// O(values).
  public init(_ name: String, _ counts: [MetadataValue: Int]) {
    self.name = name
    present = counts.values.reduce(0, +)
    distinct = counts.count
    var types: [String: Int] = [:]
    for (value, count) in counts { types[Self.typeName(value), default: 0] += count }
    self.types = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { TypeCount(name: $0.key, count: $0.value) }
    let numbers = counts.compactMap { value, count in value.finite.map { (value: value, number: $0, count: count) } }
    if let least = numbers.min(by: { $0.number < $1.number }),
      let greatest = numbers.max(by: { $0.number < $1.number })
    {
      (self.least, self.greatest) = (least.value, greatest.value)
      shape = Self.histogram(numbers.map { ($0.number, $0.count) }, from: least.number, to: greatest.number)
    } else {
      let texts = counts.keys.filter { if case .string = $0 { true } else { false } }
      least = texts.min { $0.displayText < $1.displayText }
      greatest = texts.max { $0.displayText < $1.displayText }
      shape = Array(counts.values.sorted(by: >).prefix(Self.steps))
    }
  }

  private static func typeName(_ value: MetadataValue) -> String {
    guard case .float(let number) = value, !number.isFinite else { return value.typeName }
    return number.isNaN ? "NaN" : "infinite"
  }

  private static func histogram(
    _ numbers: [(number: Double, count: Int)], from low: Double, to high: Double
  ) -> [Int] {
    var bins = [Int](repeating: 0, count: high > low ? steps : 1)
    for (number, count) in numbers {
      // Halves, because the difference of the largest doubles is infinite.
      let share = high > low ? (number / 2 - low / 2) / (high / 2 - low / 2) : 0
      bins[min(bins.count - 1, Int(share * Double(steps)))] += count
    }
    return bins
  }
}

extension MetadataValue {
  /// The value as a number; nil for what is none, and for NaN and infinities.
  fileprivate var finite: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value.isFinite ? value : nil
    default: nil
    }
  }
}
