import VectorStore

/// Which types the values of each metadata key have, and how many documents have the key.
struct MetadataSurvey: Sendable {
  private(set) var documents = 0
  /// By key, how many values of each kind.
  private(set) var kinds: [MetadataValue: [Kind: Int]] = [:]

  /// Types that Python compares with one another; `None` is no value at all.
  enum Kind: Hashable, Sendable {
    case none, number
    case other(String)

    init(_ value: MetadataValue) {
      switch value {
      case .null: self = .none
      case .bool, .int, .float: self = .number
      case .foreign(let value) where ["int", "Decimal"].contains(value.kind): self = .number
      // A text with lone surrogates is a text.
      case .foreign(let value) where value.kind == "str": self = .other("text")
      default: self = .other(value.typeName)
      }
    }

    var name: String {
      switch self {
      case .none: "none"
      case .number: "number"
      case .other(let name): name
      }
    }

    /// The type as an error message of Python calls it.
    var pythonName: String {
      switch self {
      case .none: "NoneType"
      case .number: "float"
      case .other("text"): "str"
      case .other(let name): name
      }
    }
  }

  mutating func take(_ metadata: Metadata) {
    documents += 1
    for entry in metadata.entries { kinds[entry.key, default: [:]][Kind(entry.value), default: 0] += 1 }
  }

  mutating func merge(_ other: MetadataSurvey) {
    documents += other.documents
    for (key, counts) in other.kinds { kinds[key, default: [:]].merge(counts, uniquingKeysWith: +) }
  }
}

/// Metadata whose values differ in type, and what LangChain's filters make of it.
enum MetadataChecks {
  /// O(rows) where a key is mixed, else O(keys).
  static func findings(_ survey: MetadataSurvey, in version: StoreVersion) -> [Finding] {
    let keys = survey.kinds.keys.sorted { $0.displayText < $1.displayText }
    return [mixedTypes(keys, survey, version), filterRaises(keys, survey)].compactMap { $0 }
  }

  /// Keys with values of several types; the rows of all types but the most frequent are the group of the key.
  private static func mixedTypes(
    _ keys: [MetadataValue], _ survey: MetadataSurvey, _ version: StoreVersion
  ) -> Finding? {
    var usual: [(key: MetadataValue, kind: MetadataSurvey.Kind)] = []
    var words: [String] = []
    for key in keys {
      let kinds = (survey.kinds[key] ?? [:]).filter { $0.key != .none }
      guard kinds.count > 1 else { continue }
      let order = kinds.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
      usual.append((key, order[0].key))
      let types = order.map { "\($0.key.name) in \(Count.grouped($0.value))" }.joined(separator: ", ")
      words.append(
        "\(key.displayText) is \(types): {\"\(key.displayText)\": {\"$gt\": …}} raises TypeError "
          + "('>' not supported between instances of '\(order[1].key.pythonName)' and '\(order[0].key.pythonName)')"
      )
    }
    guard !usual.isEmpty else { return nil }
    var groups = [[Int]](repeating: [], count: usual.count)
    version.forEachPosition { row, part, position in
      let metadata = part.metadata(at: position)
      for (number, (key, kind)) in usual.enumerated() {
        guard let value = metadata[key] else { continue }
        let own = MetadataSurvey.Kind(value)
        if own != kind, own != .none { groups[number].append(row) }
      }
    }
    return Finding(
      .mixedTypes, words.joined(separator: "; "), groups: groups,
      marked: Set(groups.flatMap { $0 }).sorted())
  }

  /// Keys of numbers that some documents lack: an ordering filter raises as soon as it meets one.
  private static func filterRaises(_ keys: [MetadataValue], _ survey: MetadataSurvey) -> Finding? {
    let words = keys.compactMap { key -> String? in
      guard let kinds = survey.kinds[key], let numbers = kinds[.number], numbers < survey.documents,
        kinds.keys.allSatisfy({ $0 == .number || $0 == .none })
      else { return nil }
      return "\(key.displayText) (missing in \(Count.grouped(survey.documents - numbers)))"
    }
    guard !words.isEmpty else { return nil }
    return Finding(
      .filterRaises,
      "$gt, $gte, $lt and $lte raise TypeError where the key is missing, and Fathom's filters do not match: "
        + words.joined(separator: ", "), rows: [])
  }
}
