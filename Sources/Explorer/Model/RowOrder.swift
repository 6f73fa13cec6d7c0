import VectorStore

/// The order in which rows are listed; a way to look at a store that changes nothing in it.
public struct RowOrder: Sendable, Hashable {
  public enum Key: Sendable, Hashable {
    case row, id, content
    /// A metadata key; rows without it come last, whichever way.
    case metadata(String)
  }

  public var key: Key
  public var isDescending: Bool

  public init(_ key: Key, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// As the store has them.
  public static let standard = RowOrder(.row)

  /// Reads "page", or "-page" for the greatest first; "row", "id" and "content" are not metadata.
  public init(written text: String) {
    let isDescending = text.hasPrefix("-")
    let name = isDescending ? String(text.dropFirst()) : text
    let key: Key =
      switch name {
      case "row": .row
      case "id": .id
      case "content": .content
      default: .metadata(name)
      }
    self.init(key, isDescending: isDescending)
  }

  public var description: String { (isDescending ? "-" : "") + key.name }
}

extension RowOrder.Key {
  public var name: String {
    switch self {
    case .row: "row"
    case .id: "id"
    case .content: "content"
    case .metadata(let key): key
    }
  }
}

/// What a row is put in order by: numbers before texts before all else, then nothing; NaN after the numbers.
struct RowSortKey: Comparable {
  private let kind: UInt8
  private let number: Double
  private let text: String

  private init(_ kind: UInt8, _ number: Double = 0, _ text: String = "") {
    self.kind = kind
    self.number = number
    self.text = text
  }

  init(_ text: String) { self.init(2, 0, text) }

  init(_ value: MetadataValue?) {
    switch value {
    case nil: self.init(4)
    case .bool(let flag): self.init(0, flag ? 1 : 0)
    case .int(let number): self.init(0, Double(number))
    case .float(let number) where number.isNaN: self.init(1)
    case .float(let number): self.init(0, number)
    case .string(let text): self.init(2, 0, text.string)
    case .null: self.init(3, 0, "")
    case let value?: self.init(3, 0, value.displayText)
    }
  }

  /// True for rows that come last in both directions.
  var isMissing: Bool { kind == 4 }

  static func < (a: RowSortKey, b: RowSortKey) -> Bool {
    if a.kind != b.kind { return a.kind < b.kind }
    return a.kind == 0 ? a.number < b.number : a.text < b.text
  }
}
