/// The values of one metadata key in a segment: each distinct value once, and which of them each position has.
///
/// A question about the key is asked once for each distinct value, and the rows follow from the codes. Values keep
/// their types: 1, 1.0 and true are three values here, however they compare.
struct MetadataColumn: Sendable {
  /// The first is nil and stands for positions without the key.
  let values: [MetadataValue?]
  /// One for each position: an index into `values`.
  let codes: [UInt32]

  /// O(documents).
  ///
  /// Throws `CancellationError`.
  init(_ path: FieldPath, of documents: any DocumentSource) throws {
    var builder = Builder(path, of: documents)
    while builder.hasMore {
      try Task.checkCancellation()
      builder.go(on: Builder.step)
    }
    self = builder.column
  }

  init(values: [MetadataValue?], codes: [UInt32]) {
    self.values = values
    self.codes = codes
  }

  /// The same in the background: other work gets its turn meanwhile.
  static func made(_ path: FieldPath, of documents: any DocumentSource) async -> MetadataColumn {
    var builder = Builder(path, of: documents)
    while builder.hasMore {
      builder.go(on: Builder.step)
      await Task.yield()
    }
    return builder.column
  }

  /// A column in the making, so that other work gets its turn meanwhile.
  struct Builder {
    static let step = 4096
    private let path: FieldPath
    private let documents: any DocumentSource
    private var values: [MetadataValue?] = [nil]
    private var codes: [UInt32] = []
    private var known: [MetadataValue: UInt32] = [:]

    init(_ path: FieldPath, of documents: any DocumentSource) {
      self.path = path
      self.documents = documents
      codes.reserveCapacity(documents.count)
    }

    var hasMore: Bool { codes.count < documents.count }
    var column: MetadataColumn { MetadataColumn(values: values, codes: codes) }

    mutating func go(on count: Int) {
      for position in codes.count..<min(codes.count + count, documents.count) {
        guard let value = path.value(in: documents.metadata(at: position)) else {
          codes.append(0)
          continue
        }
        if let code = known[value] {
          codes.append(code)
        } else {
          let code = UInt32(values.count)
          known[value] = code
          values.append(value)
          codes.append(code)
        }
      }
    }
  }

  /// The positions whose value `isMatch` accepts; nil is no value.
  func rows(where isMatch: (MetadataValue?) -> Bool) -> RowSet {
    let answers = values.map(isMatch)
    return RowSet(capacity: codes.count) { answers[Int(codes[$0])] }
  }
}

extension StoreVersion {
  /// The rows that a filter lets through, by ``Filter/matches(_:)``.
  ///
  /// The first filter on a key costs O(rows) look-ups and makes its column; later ones cost a question for each
  /// distinct value and a bit for each row. Throws `CancellationError`.
  public func mask(_ filter: Filter) throws -> RowMask {
    RowMask(
      try parts.map { part in
        let set = try part.segment.rows(filter.expression).intersection(part.live)
        let edited = part.edited.filter { part.live.contains($0.key) }
        guard !edited.isEmpty else { return set }
        let matching = edited.filter { filter.matches($0.value.metadata) }.keys
        return set.subtracting(edited.keys).union(RowSet(capacity: set.capacity, members: matching))
      })
  }

  /// Makes the columns that a filter asks about, and lets other work have its turn meanwhile.
  ///
  /// Throws `CancellationError`.
  public func prepare(_ filter: Filter) async throws {
    for path in Set(filter.expression.paths) { try await prepare(path) }
  }

  /// The same for the column of one key.
  public func prepare(_ path: FieldPath) async throws {
    for part in parts { try await part.segment.prepare(path) }
  }

  /// The rows whose value of a key `isMatch` accepts; nil is no value.
  public func mask(of path: FieldPath, where isMatch: (MetadataValue?) -> Bool) throws -> RowMask {
    RowMask(
      try parts.map { part in
        let set = try part.segment.column(path).rows(where: isMatch).intersection(part.live)
        let edited = part.edited.filter { part.live.contains($0.key) }
        guard !edited.isEmpty else { return set }
        let matching = edited.filter { isMatch(path.value(in: $0.value.metadata)) }.keys
        return set.subtracting(edited.keys).union(RowSet(capacity: set.capacity, members: matching))
      })
  }

  /// The values of a key with how many rows have each, of all rows or those of a mask.
  ///
  /// O(rows).
  public func valueCounts(of path: FieldPath, in mask: RowMask? = nil) throws -> [MetadataValue: Int] {
    var counts: [MetadataValue: Int] = [:]
    for (index, part) in parts.enumerated() {
      let column = try part.segment.column(path)
      let rows = mask?.sets[index] ?? part.live
      var byCode = [Int](repeating: 0, count: column.values.count)
      rows.forEach(in: 0..<part.segment.count) { position in
        if part.edited[position] == nil { byCode[Int(column.codes[position])] += 1 }
      }
      for (value, count) in zip(column.values, byCode) where count > 0 {
        if let value { counts[value, default: 0] += count }
      }
      for (position, document) in part.edited where rows.contains(position) {
        if let value = path.value(in: document.metadata) { counts[value, default: 0] += 1 }
      }
    }
    return counts
  }

  /// The metadata keys that are text, with how many rows have each; lets other work have its turn meanwhile.
  ///
  /// The first call costs O(rows), later ones what was edited or deleted since. Throws `CancellationError`.
  public func keyCounts() async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for part in parts {
      for (key, count) in try await part.segment.keyCounts() { counts[key, default: 0] += count }
      func count(_ metadata: Metadata, _ step: Int) {
        for key in metadata.textKeys { counts[key, default: 0] += step }
      }
      let gone = RowSet(all: part.segment.count).subtracting(part.live.members)
      for position in gone.members { count(part.segment.documents.metadata(at: position), -1) }
      for (position, document) in part.edited where part.live.contains(position) {
        count(part.segment.documents.metadata(at: position), -1)
        count(document.metadata, 1)
      }
    }
    return counts.filter { $0.value > 0 }
  }
}

extension Metadata {
  fileprivate var textKeys: [String] {
    entries.compactMap { if case .string(let key) = $0.key { key.string } else { nil } }
  }
}

extension Filter.Expression {
  /// The keys that it asks about.
  var paths: [FieldPath] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.paths)
    case .not(let part): part.paths
    default: path.map { [$0] } ?? []
    }
  }
}

extension Segment {
  /// The positions whose documents, as they were when the segment was made, an expression lets through.
  fileprivate func rows(_ expression: Filter.Expression) throws -> RowSet {
    switch expression {
    case .all(let parts): try parts.reduce(RowSet(all: count)) { try $0.intersection(rows($1)) }
    case .any(let parts):
      try parts.reduce(RowSet(capacity: count, members: [])) { try $0.union(rows($1)) }
    case .not(let part): try RowSet(all: count).subtracting(rows(part))
    default:
      try expression.path.map { try column($0).rows(where: expression.holds) } ?? RowSet(all: count)
    }
  }
}
