import Faiss
import VectorStore

/// What each row of a map is coloured by.
public struct MapGroups: Sendable, Equatable {
  /// The groups' names with how many rows each has; group `g` is the `g - 1`-th.
  public private(set) var names: [String]
  public private(set) var counts: [Int]
  /// The group of each row, 0 for none.
  public private(set) var byRow: [UInt8]

  /// Groups beyond these are one, called "other".
  public static let most = 8

  init(names: [String], byRow: [UInt8]) {
    self.names = names
    self.byRow = byRow
    counts = Array(repeating: 0, count: names.count)
    for group in byRow where group > 0 { counts[Int(group) - 1] += 1 }
  }

  /// By the values of a metadata key: numbers of many values in ranges of about as many rows each, other values those of
  /// most rows first.
  ///
  /// O(rows). Throws `CancellationError`.
  public init(of key: FieldPath, in version: StoreVersion) throws {
    var values: [MetadataValue?] = []
    values.reserveCapacity(version.count)
    try version.forEachPosition { row, part, position in
      if row & 0xFFF == 0 { try Task.checkCancellation() }
      values.append(key.value(in: part.metadata(at: position)))
    }
    let numbers = values.map { $0?.number }
    let distinct = Set(values.compactMap { $0 })
    if distinct.count > Self.most, zip(values, numbers).allSatisfy({ $0 == nil || $1 != nil }) {
      self.init(ranges: numbers)
      return
    }
    var counts: [MetadataValue: Int] = [:]
    for case let value? in values { counts[value, default: 0] += 1 }
    let ranked = counts.sorted { ($1.value, $0.key.displayText) < ($0.value, $1.key.displayText) }.map(\.key)
    let isWhole = ranked.count <= Self.most
    let named = ranked.prefix(isWhole ? Self.most : Self.most - 1)
    let places = Dictionary(uniqueKeysWithValues: zip(named, 1...))
    self.init(
      names: named.map(\.displayText) + (isWhole ? [] : ["other"]),
      byRow: values.map { value in value.map { UInt8(places[$0] ?? Self.most) } ?? 0 })
  }

  /// Numbers in ranges of about as many rows each, lowest first; NaN and nil are in none.
  public init(ranges numbers: [Double?], most: Int = 6) {
    let sorted = numbers.compactMap { $0 }.filter { !$0.isNaN }.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      self.init(names: [], byRow: numbers.map { _ in 0 })
      return
    }
    var bounds: [Double] = []
    for range in 1..<max(2, most) {
      let bound = sorted[min(sorted.count - 1, range * sorted.count / most)]
      if bound > bounds.last ?? first { bounds.append(bound) }
    }
    let edges = [first] + bounds + [last]
    let names = (0...bounds.count).map { "\(Self.text(edges[$0])) to \(Self.text(edges[$0 + 1]))" }
    self.init(
      names: names,
      byRow: numbers.map { number in
        guard let number, !number.isNaN else { return 0 }
        return UInt8(1 + (bounds.firstIndex { number < $0 } ?? bounds.count))
      })
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(Float(number))
  }
}

extension MetadataValue {
  /// The value as a number; nil for what is none.
  fileprivate var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}
