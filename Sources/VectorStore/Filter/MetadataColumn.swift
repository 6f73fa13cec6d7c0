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
    var values: [MetadataValue?] = [nil]
    var codes: [UInt32] = []
    codes.reserveCapacity(documents.count)
    var known: [MetadataValue: UInt32] = [:]
    for position in 0..<documents.count {
      if position & 0xFFF == 0 { try Task.checkCancellation() }
      let document = documents.document(at: position)
      guard let value = path.value(in: document.metadata) else {
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
    self.values = values
    self.codes = codes
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

  /// The values of a key with how many rows have each.
  ///
  /// O(rows).
  public func valueCounts(of path: FieldPath) throws -> [MetadataValue: Int] {
    var counts: [MetadataValue: Int] = [:]
    for part in parts {
      let column = try part.segment.column(path)
      var byCode = [Int](repeating: 0, count: column.values.count)
      part.live.forEach(in: 0..<part.segment.count) { position in
        if part.edited[position] == nil { byCode[Int(column.codes[position])] += 1 }
      }
      for (value, count) in zip(column.values, byCode) where count > 0 {
        if let value { counts[value, default: 0] += count }
      }
      for (position, document) in part.edited where part.live.contains(position) {
        if let value = path.value(in: document.metadata) { counts[value, default: 0] += 1 }
      }
    }
    return counts
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
